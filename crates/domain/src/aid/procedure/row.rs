//! Row: `aid_procedure`: one value, from a day on, by two people's word.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use super::Limit;
use crate::{
    aid::ProposalState,
    ids::{AccountId, ProcedureId, RegionCode},
};

/// 办理期限, one layer of one value.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_procedure")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProcedureId,
    /// Where, and below.
    pub region: RegionCode,
    /// Of what.
    pub limit_of: Limit,
    /// First day.
    pub valid_from: NaiveDate,
    /// How much, in the unit of what is limited: [`Limit::says`].
    pub value: i32,
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
