//! Row: `aid_payment`.

use std::fmt;

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{BatchId, CaseId, PaymentId, PersonId},
    privacy::{Cell, Sealed},
};

/// How far a payment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// The bank has said nothing.
    Waiting,
    /// 已付.
    Paid,
    /// 退汇.
    Returned,
    /// Taken out of the batch before it went to the bank.
    TakenOut,
}

/// Why a bank sends money back.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    /// 户名不符.
    NameDiffers,
    /// 账户已注销或不存在.
    NoSuchAccount,
    /// 账户冻结或只收不付 …
    AccountBlocked,
    /// 其他.
    Other,
}

impl ReturnReason {
    /// The word on screens and in forms.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NameDiffers => "户名不符",
            Self::NoSuchAccount => "账户不存在或已注销",
            Self::AccountBlocked => "账户状态异常",
            Self::Other => "其他原因",
        }
    }
}

/// What the bank did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BankResult {
    /// It paid.
    Paid,
    /// It sent the money back.
    Returned(ReturnReason),
}

/// 发放明细: one line of a batch. The account is a copy, sealed, of what it was when the batch was made.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_payment")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaymentId,
    /// In which batch.
    pub batch_id: BatchId,
    /// Which line, from 1. A line that was taken out leaves a gap.
    pub line: i32,
    /// For which case.
    pub case_id: CaseId,
    /// To whom.
    pub person_id: PersonId,
    /// How much.
    pub amount: Fen,
    /// The holder of the account: the person's name.
    pub payee: String,
    /// The account's number, sealed.
    pub account: Sealed,
    /// Its last four digits.
    pub account_tail: String,
    /// The bank.
    pub bank: String,
    /// How far.
    pub state: PaymentState,
    /// Why it came back.
    pub reason: Option<ReturnReason>,
    /// When the bank said so.
    pub settled_at: Option<DateTime<Utc>>,
    /// Does the number lack the check digit of a card? Advice to whoever confirms: passbooks have none.
    pub doubtful: bool,
    /// The year whose budget bears it: of a case that was paid ahead, the rest may be another one's.
    pub budget_year: Option<i32>,
}

/// A payment is to a person.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The person.
    #[sea_orm(
        belongs_to = "crate::person::entity::Entity",
        from = "Column::PersonId",
        to = "crate::person::entity::Column::Id"
    )]
    Person,
}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payment").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

/// Where the sealed number stands.
pub(in crate::aid) fn account_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_payment", column: "account", row }
}
