//! Row: `region`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::ids::RegionCode;

/// 行政区划 in one stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "region")]
pub struct Model {
    /// 2 digits province, 4 city, 6 county, 9 township.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: RegionCode,
    /// First day with this extent.
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: NaiveDate,
    /// Name.
    pub name: String,
    /// The region it is part of; the province has none.
    pub parent: Option<RegionCode>,
    /// 1 province, 2 city, 3 county, 4 township, 5 village.
    pub level: i16,
    /// The first day on which it was no more.
    pub valid_to: Option<NaiveDate>,
    /// Codes of what came after it, separated by spaces.
    pub successors: String,
    /// Somebody changed it here; the list that comes with the program no longer speaks of it.
    pub changed_here: bool,
}

/// None: the tree is read whole.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Was it so on this day?
    pub fn valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }
}
