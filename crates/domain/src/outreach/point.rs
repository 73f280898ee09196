//! Row: `outreach_point`: where a street or a village lies, as somebody who was there wrote down.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use super::route::Point;
use crate::ids::{AccountId, RegionCode};

/// 地点坐标.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outreach_point")]
pub struct Model {
    /// Which street or village.
    #[sea_orm(primary_key, auto_increment = false)]
    pub region: RegionCode,
    /// In millionths of a degree.
    pub latitude: i32,
    /// In millionths of a degree.
    pub longitude: i32,
    /// Who says so.
    pub noted_by: AccountId,
    /// When.
    pub noted_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// For the way.
    pub fn point(&self) -> Point {
        Point { latitude: self.latitude, longitude: self.longitude }
    }
}
