//! Row: `outreach_item`: a thing that is bought to be given away.

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, OutreachItemId, RegionCode};

/// 慰问品.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outreach_item")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutreachItemId,
    /// Whose stock; whose envelope pays.
    pub region: RegionCode,
    /// As it is called.
    pub name: String,
    /// What one is worth.
    pub value: Fen,
    /// Who added it.
    pub added_by: AccountId,
    /// When.
    pub added_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// How audit rows name it.
    pub fn subject(&self) -> String {
        format!("outreach_item/{}", self.id)
    }
}
