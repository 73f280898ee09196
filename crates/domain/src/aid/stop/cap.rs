//! Row: `aid_household_cap`.

use chrono::NaiveDate;
use ledger::Fen;
use sea_orm::entity::prelude::*;

use crate::ids::{HouseholdCapId, RegionCode};

/// 家庭上限: what husband and wife get together in a budget year. Of each region the latest row that has begun counts, and of the
/// regions above one another the lowest: below, it is narrowed and never widened.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_household_cap")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: HouseholdCapId,
    /// Where.
    pub region: RegionCode,
    /// First day.
    pub valid_from: NaiveDate,
    /// At most.
    pub most: Fen,
    /// The document. What begins with 示例 is an example.
    pub source: String,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
