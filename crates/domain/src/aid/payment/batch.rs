//! Row: `aid_batch`.

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;

use super::layout::Paper;
use crate::{
    calendar::local_date,
    ids::{AccountId, BankLayoutId, BatchId, RegionCode},
};

/// How far a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum BatchState {
    /// 待复核.
    Open,
    /// 已复核.
    Confirmed,
    /// 已送银行.
    Sent,
    /// 已结清: the bank has said something about every line.
    Settled,
}

impl BatchState {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "待复核",
            Self::Confirmed => "待送银行",
            Self::Sent => "等银行结果",
            Self::Settled => "已结清",
        }
    }
}

/// 发放批次.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_batch")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BatchId,
    /// 西湖发放2026-0001.
    pub number: String,
    /// Which region pays.
    pub region: RegionCode,
    /// How far.
    pub state: BatchState,
    /// Who made it.
    pub made_by: AccountId,
    /// Who confirmed it; never the same.
    pub confirmed_by: Option<AccountId>,
    /// How many lines.
    pub count: i32,
    /// Their sum.
    pub total: Fen,
    /// SHA-256 of the bytes that go to the bank, in hex.
    pub sha256: String,
    /// Raised by every change: what is confirmed is what the confirmer saw.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it went to the bank.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it changed last.
    pub updated_at: DateTime<Utc>,
    /// In which layout the bank wants it; `None`: in the plain one.
    pub layout_id: Option<BankLayoutId>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// How audit rows name it.
    pub fn subject(&self) -> String {
        format!("aid_batch/{}", self.id)
    }

    /// What of it stands in its file.
    pub fn paper(&self) -> Paper<'_> {
        Paper { batch: &self.number, made_on: local_date(self.created_at) }
    }
}
