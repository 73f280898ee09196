//! Row: `aid_approval`, one round of a case in the workplace platform, and how far a round is.
//!
//! The platform takes no idempotency key, so `sending` is a state of its own (docs/adr/0013-exactly-one-approval.md): a sender
//! that finds it searches the platform before it creates.

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::standard::Level;
use crate::ids::{AccountId, ApprovalId, CaseId};

/// How far a round is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RoundState {
    /// Nobody has sent it.
    Wanted,
    /// Somebody began to send it; whether it arrived is not known.
    Sending,
    /// The platform has it.
    Created,
    /// Agreed.
    Agreed,
    /// Refused.
    Refused,
    /// Taken back, there or here.
    Withdrawn,
    /// Decided by somebody who may not.
    Void,
}

impl RoundState {
    /// Does it still wait?
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Wanted | Self::Sending | Self::Created)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Wanted | Self::Sending => "送审中",
            Self::Created => "待审批",
            Self::Agreed => "同意",
            Self::Refused => "不同意",
            Self::Withdrawn => "已撤销",
            Self::Void => "无效",
        }
    }
}

/// What the platform says became of an instance. Terminated is no refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// 同意.
    Agree,
    /// 不同意.
    Refuse,
    /// 撤销.
    Withdrawn,
}

/// 审批: one round.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_approval")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApprovalId,
    /// Of which case.
    pub case_id: CaseId,
    /// 1, 2, 3 …
    pub round: i32,
    /// How far.
    pub state: RoundState,
    /// What is asked for.
    pub amount: Fen,
    /// How high whoever agrees must stand.
    pub level: Level,
    /// The worker who asked; in the platform, the originator.
    pub asked_by: AccountId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// When a sender began last.
    pub sending_at: Option<DateTime<Utc>>,
    /// How the platform knows it.
    pub instance_id: Option<String>,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When, by the platform's clock.
    pub decided_at: Option<DateTime<Utc>>,
    /// When the platform's own record of it was read last.
    pub read_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
