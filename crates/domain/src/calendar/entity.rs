//! Row: `calendar_day`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

/// A day on which the State Council's notice differs from Monday to Friday, or names a holiday.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_day")]
pub struct Model {
    /// The day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub date: NaiveDate,
    /// Off, or a working weekend (调休).
    pub off: bool,
    /// Of which holiday.
    pub name: String,
    /// The year of the notice: 国务院办公厅关于…年部分节假日安排的通知. A later notice may change days of an earlier one.
    pub notice: String,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
