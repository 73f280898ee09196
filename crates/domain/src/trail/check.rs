//! Row: `audit_check`, one walk through the whole chain.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

/// What the walk of a day found.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_check")]
pub struct Model {
    /// Which day: one walk each, whichever server does it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub on_day: NaiveDate,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended; a walk that died has none.
    pub finished_at: Option<DateTime<Utc>>,
    /// How many anchors it was held against.
    pub anchors: i32,
    /// How many rows were read.
    pub rows: i64,
    /// The first row that is not as it was written.
    pub broken_at: Option<i64>,
    /// What is wrong, in the words of the code.
    pub fault: Option<String>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
