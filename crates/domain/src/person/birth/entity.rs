//! Row: `person_birth`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::{
    calendar::birthday_in,
    ids::{AccountId, PersonBirthId, PersonId},
    person::{BirthSource, Calendar, Precision},
};

/// What one source says.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_birth")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonBirthId,
    /// Whose.
    pub person_id: PersonId,
    /// Who says so.
    pub source: BirthSource,
    /// In which calendar.
    pub calendar: Calendar,
    /// How much is known.
    pub precision: Precision,
    /// The year; of the lunar calendar the one in which it begins.
    pub year: i16,
    /// 1–12.
    pub month: Option<i16>,
    /// 1–31, lunar 1–30.
    pub day: Option<i16>,
    /// 闰月.
    pub leap: bool,
    /// It counts for personnel matters: age, treatment, statistics.
    pub personnel: bool,
    /// It counts for greetings.
    pub greeting: bool,
    /// Who wrote it down.
    pub recorded_by: Option<AccountId>,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// Since when something else is written.
    pub superseded_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonBirth").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Model {
    /// The solar day; the first one of what is not known. `None`: there is no such day.
    pub fn solar(&self) -> Option<NaiveDate> {
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        match self.calendar {
            Calendar::Solar => NaiveDate::from_ymd_opt(
                self.year.into(),
                u32::try_from(month).ok()?,
                u32::try_from(day).ok()?,
            ),
            Calendar::Lunar => {
                birthday_in(self.year.into(), u8::try_from(month).ok()?, self.leap, u8::try_from(day).ok()?)
                    .ok()
            }
        }
    }

    /// 1944年三月十五 is said as 农历1944年3月15日.
    pub fn say(&self) -> String {
        let calendar = if self.calendar == Calendar::Lunar { "农历" } else { "" };
        let leap = if self.leap { "闰" } else { "" };
        let month = self.month.map(|month| format!("{leap}{month}月")).unwrap_or_default();
        let day = self.day.map(|day| format!("{day}日")).unwrap_or_default();
        format!("{calendar}{}年{month}{day}", self.year)
    }
}
