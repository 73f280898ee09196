//! Rows: `missed_poll`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

/// The only row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "missed_poll")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// When a server said last that it was there.
    pub seen_at: DateTime<Utc>,
    /// When the platform was asked last, by whichever server; before the first question, some minutes before the first server began.
    pub asked_at: DateTime<Utc>,
    /// When it is asked next.
    pub due_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
