//! Row: `aid_setting`: what one place says about one category, from a day on, by two people's word.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use super::{Kind, Says};
use crate::{
    aid::{Category, ProposalState},
    ids::{AccountId, RegionCode, SettingId},
};

/// 分类规定, one layer of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_setting")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SettingId,
    /// About what; the same as [`Says::kind`] of [`Self::says`].
    pub kind: Kind,
    /// Of which category.
    pub category: Category,
    /// Where, and below.
    pub region: RegionCode,
    /// First day.
    pub valid_from: NaiveDate,
    /// What it says.
    pub says: Says,
    /// The document. What begins with 示例 is an example and must be replaced by the bureau's own.
    pub source: String,
    /// How far it is.
    pub state: ProposalState,
    /// The first person; `None` for what came with the program.
    pub proposed_by: Option<AccountId>,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// The second person.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
