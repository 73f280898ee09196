//! Row: `declaration_campaign`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::AccountId;

/// 年度申报: one a year, for everybody at the desk.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "declaration_campaign")]
pub struct Model {
    /// Of which year.
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    /// By when.
    pub due_on: NaiveDate,
    /// Who opened it.
    pub opened_by: Option<AccountId>,
    /// When.
    pub opened_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
