//! Row: `person`.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use super::{BirthSource, Calendar, Gender, Precision, Retirement};
use crate::{
    ids::{PersonId, RegionCode, UnitId},
    privacy::{Blind, Cell, Sealed},
};

/// 人员. Telephone, identity number and payout account are sealed; the sealer opens them in the
/// cell of their [`SealedColumn`].
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonId,
    /// 姓名, as the office writes it.
    pub name: String,
    /// 性别.
    pub gender: Gender,
    /// 出生日期 (solar) for rules and statistics.
    pub born_on: NaiveDate,
    /// How much of it is known.
    pub born_precision: Precision,
    /// Who says so.
    pub born_source: BirthSource,
    /// The calendar in which the family keeps the birthday. Greetings follow this, rules do not.
    pub birthday_calendar: Calendar,
    /// Its month, if somebody told us.
    pub birthday_month: Option<i16>,
    /// Its day.
    pub birthday_day: Option<i16>,
    /// 离休 or 退休.
    pub retirement: Retirement,
    /// 参加革命工作时间 / 参加工作时间.
    pub joined_work_on: Option<NaiveDate>,
    /// How much of it is known; a month may straddle two periods, and then a human decides.
    pub joined_work_precision: Option<Precision>,
    /// 入党时间.
    pub party_joined_on: Option<NaiveDate>,
    /// 管理单位: exactly one.
    pub unit_id: UnitId,
    /// 居住地, as narrow as known.
    pub residence: Option<RegionCode>,
    /// 独居.
    pub living_alone: bool,
    /// Telephone.
    pub phone: Option<Sealed>,
    /// Its blind index. Not unique: couples share one.
    pub phone_index: Option<Blind>,
    /// Identity number.
    pub identity: Option<Sealed>,
    /// Its blind index, unique among the living and the dead.
    pub identity_index: Option<Blind>,
    /// Completed from a first-generation number.
    pub identity_derived: bool,
    /// Account number for payments.
    pub payout: Option<Sealed>,
    /// Its last four digits.
    pub payout_tail: Option<String>,
    /// The bank's name.
    pub payout_bank: Option<String>,
    /// The record that was kept, when this one turned out to be the same human being. Everything that pointed here points there.
    pub merged_into: Option<PersonId>,
    /// 去世日期. From then on no money, no greeting, no sign-in.
    pub died_on: Option<NaiveDate>,
    /// Raised by every change; a change that was made from an older version is refused.
    pub version: i64,
    /// When the record began.
    pub created_at: DateTime<Utc>,
    /// When it changed last.
    pub updated_at: DateTime<Utc>,
}

/// Every person has a managing unit.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The managing unit.
    #[sea_orm(belongs_to = "super::unit::Entity", from = "Column::UnitId", to = "super::unit::Column::Id")]
    Unit,
}

impl Related<super::unit::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Unit.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// The sealed columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedColumn {
    /// Telephone.
    Phone,
    /// Identity number.
    Identity,
    /// Payout account.
    Payout,
}

impl SealedColumn {
    /// The column's name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Identity => "identity",
            Self::Payout => "payout",
        }
    }

    /// For sealing and opening in the row with this id (as text).
    pub fn cell(self, row: &str) -> Cell<'_> {
        Cell { table: "person", column: self.code(), row }
    }
}

impl Model {
    /// Alive, as far as anybody recorded.
    pub fn is_alive(&self) -> bool {
        self.died_on.is_none()
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("id", &self.id).finish_non_exhaustive()
    }
}
