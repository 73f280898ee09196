//! Row: `outreach_purchase`: items for money, by two people's word.

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;

use crate::{
    aid::ProposalState,
    ids::{AccountId, OutreachItemId, OutreachPurchaseId},
};

/// 采购. Agreed to, it is paid out of the envelope and the items are in the stock.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outreach_purchase")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutreachPurchaseId,
    /// Of what.
    pub item_id: OutreachItemId,
    /// How many.
    pub quantity: i32,
    /// For how much in all.
    pub amount: Fen,
    /// Which year's budget pays.
    pub budget_year: i32,
    /// The invoice.
    pub source: String,
    /// How far.
    pub state: ProposalState,
    /// Who wrote it.
    pub proposed_by: AccountId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Who pays.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// How audit rows and ledger entries name it.
    pub fn subject(&self) -> String {
        format!("outreach_purchase/{}", self.id)
    }
}
