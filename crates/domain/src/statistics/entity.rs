//! Row: `statistics_snapshot`. Written once.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, RegionCode, SnapshotId};

/// A table as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statistics_snapshot")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SnapshotId,
    /// Of which region.
    pub region: RegionCode,
    /// On which day.
    pub as_of: NaiveDate,
    /// As far as was known at this moment.
    pub known_at: DateTime<Utc>,
    /// The table, cell by cell.
    pub answer: String,
    /// SHA-256 of `answer`, in hex.
    pub sha256: String,
    /// Who froze it.
    pub made_by: AccountId,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
