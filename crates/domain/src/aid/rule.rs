//! Row: `aid_rule`: what a category may give, from when to when, and the document that says so.

use chrono::NaiveDate;
use ledger::Fen;
use sea_orm::entity::prelude::*;

use super::Category;
use crate::ids::{AidRuleId, RegionCode};

/// 帮扶标准, one layer of it: [`standard`](super::standard) puts the layers together.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_rule")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AidRuleId,
    /// For what.
    pub category: Category,
    /// Where.
    pub region: RegionCode,
    /// First day.
    pub valid_from: NaiveDate,
    /// The first day on which it is no more.
    pub valid_to: Option<NaiveDate>,
    /// At least.
    pub least: Fen,
    /// At most.
    pub most: Fen,
    /// How many working days the notice hangs.
    pub notice_days: i32,
    /// Does it help a person once a year only?
    pub once_a_year: bool,
    /// The document. What begins with 示例 is an example and must be replaced by the bureau's own.
    pub source: String,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Is it in force on this day?
    pub fn valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }
}
