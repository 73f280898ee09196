//! Row: `segment_version`. Written once; a change is the next one.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use super::{Hands, Rule, ServiceStandard, Way};
use crate::ids::{AccountId, SegmentId, SegmentVersionId};

/// What a segment says from a day on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "segment_version")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SegmentVersionId,
    /// Of which segment.
    pub segment_id: SegmentId,
    /// 1, 2, 3 …
    pub nth: i32,
    /// 名称.
    pub name: String,
    /// Its own lines; where it narrows another one, that one's hold as well.
    pub rule: Rule,
    /// The service is due once in so many days …
    pub every_days: i32,
    /// … in this way …
    pub way: Way,
    /// … by somebody in this role.
    pub hands: Hands,
    /// The document.
    pub source: String,
    /// From this day on, until the next version's.
    pub from_on: NaiveDate,
    /// Who wrote it.
    pub recorded_by: AccountId,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// 服务标准.
    pub const fn standard(&self) -> ServiceStandard {
        ServiceStandard { every_days: self.every_days, way: self.way, hands: self.hands }
    }
}
