//! Row: `segment`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, RegionCode, SegmentId};

/// 分类: whose it is, and what it narrows. What it says stands in its versions.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "segment")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SegmentId,
    /// Whose it is: its people are managed there or below, and everybody below uses it.
    pub region: RegionCode,
    /// Which one of a region above it narrows.
    pub base_id: Option<SegmentId>,
    /// Who made it.
    pub made_by: AccountId,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Since when it is no more.
    pub ended_on: Option<NaiveDate>,
    /// Who ended it.
    pub ended_by: Option<AccountId>,
}

/// None: all of them are read at once.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// How audit rows name it.
    pub fn subject(&self) -> String {
        format!("segment/{}", self.id)
    }

    /// Has it not ended by this day?
    pub fn is_live(&self, on: NaiveDate) -> bool {
        self.ended_on.is_none_or(|end| on < end)
    }
}
