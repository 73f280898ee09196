//! Row: `person_fact`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use super::{FactKind, Level, Value};
use crate::ids::{AccountId, PersonFactId, PersonId, RegionCode, UnitId};

/// A fact. Written once; superseded at most once, by a row that says it better.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_fact")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonFactId,
    /// Of whom.
    pub person_id: PersonId,
    /// Of which kind.
    pub kind: FactKind,
    /// A level, words or a code.
    pub value: Option<String>,
    /// A unit.
    pub unit_id: Option<UnitId>,
    /// A region; a unit's region when this was written.
    pub region: Option<RegionCode>,
    /// From this day.
    pub from_on: NaiveDate,
    /// Until the day before this one.
    pub to_on: Option<NaiveDate>,
    /// The document it is based on.
    pub basis: String,
    /// Who wrote it down; `None` for seeds.
    pub recorded_by: Option<AccountId>,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// Who wrote it better.
    pub superseded_by: Option<AccountId>,
    /// When.
    pub superseded_at: Option<DateTime<Utc>>,
}

/// None: facts are read by person or by kind.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Was it so on a day, as far as was known at a moment?
    pub fn holds(&self, on: NaiveDate, known: DateTime<Utc>) -> bool {
        let said = self.recorded_at <= known && self.superseded_at.is_none_or(|at| known < at);
        said && self.from_on <= on && self.to_on.is_none_or(|end| on < end)
    }

    /// Still said, and without end.
    pub fn is_current(&self) -> bool {
        self.superseded_at.is_none() && self.to_on.is_none()
    }

    /// Its level.
    pub fn level(&self) -> Option<Level> {
        self.value.as_deref().and_then(Level::parse)
    }

    /// Its value, typed.
    pub fn said(&self) -> Value {
        match (self.unit_id, &self.region, &self.value) {
            (Some(unit), Some(region), _) => Value::Unit(unit, region.clone()),
            (None, Some(region), _) => Value::Region(region.clone()),
            (_, _, Some(text)) => Level::parse(text).map_or_else(|| Value::Text(text.clone()), Value::Level),
            _ => Value::Bare,
        }
    }
}
