//! Row: `bank_answer`. The file itself is not kept, only what it is: it names people and accounts.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, BankAnswerId, BatchId};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum AnswerState {
    /// Read and judged; nothing is written to any payment.
    Read,
    /// What could be matched is written down.
    Accepted,
}

/// A file of the bank.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bank_answer")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BankAnswerId,
    /// To which batch.
    pub batch_id: BatchId,
    /// SHA-256 of its bytes, in hex. One file is one answer.
    pub sha256: String,
    /// How far.
    pub state: AnswerState,
    /// Of how many waiting payments of the batch it said nothing.
    pub silent: i32,
    /// Who sent it in; never who made the batch.
    pub read_by: AccountId,
    /// When.
    pub read_at: DateTime<Utc>,
    /// Who had it written down; never who made the batch.
    pub accepted_by: Option<AccountId>,
    /// When.
    pub accepted_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
