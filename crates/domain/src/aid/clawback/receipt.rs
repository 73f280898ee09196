//! Row: `aid_clawback_part`: a part of a claim that came. Written once.

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, CaseId, ClawbackId, InstalmentId};

/// 追回的一笔.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_clawback_part")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InstalmentId,
    /// Of which claim.
    pub clawback_id: ClawbackId,
    /// Of which case.
    pub case_id: CaseId,
    /// How much.
    pub amount: Fen,
    /// On which day it came.
    pub received_on: NaiveDate,
    /// The year out of whose books it came: that which had paid it, or in which it had been written off.
    pub budget_year: i32,
    /// Who wrote it down.
    pub recorded_by: AccountId,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
