//! Row: `obligation_rule`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::{Cycle, Obligation};
use crate::ids::ObligationRuleId;

/// 职责规则: how often a branch owes what, by which article of which document.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "obligation_rule")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ObligationRuleId,
    /// Which rules belong together, e.g. `national-2018`.
    pub rule_set: String,
    /// What is owed.
    pub obligation: Obligation,
    /// In each of these.
    pub cycle: Cycle,
    /// So many times.
    pub times: i32,
    /// By branches with at least so many members.
    pub min_members: i32,
    /// And at least so many party groups.
    pub min_groups: i32,
    /// From this day.
    pub effective_from: NaiveDate,
    /// Until the day before this one.
    pub effective_to: Option<NaiveDate>,
    /// The document.
    pub source_document: String,
    /// Its article, e.g. 第十一条.
    pub article: String,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
