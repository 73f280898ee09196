//! Row: `bank_answer_line`.

use ledger::Fen;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    aid::payment::{ReturnReason, layout::Word},
    ids::{BankAnswerId, PaymentId},
};

/// What a line of the answer is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// 已付.
    Paid,
    /// 退汇.
    Returned,
    /// It says what is written down already.
    Same,
    /// The bank has not decided yet.
    Waiting,
    /// It cannot be read: a field is missing, or is no number.
    Unreadable,
    /// The batch has no such line.
    NoSuchLine,
    /// An earlier line of the file speaks of the same payment.
    Twice,
    /// Another amount than we sent.
    AmountDiffers,
    /// Another account than we sent.
    AccountDiffers,
    /// Another holder than we sent.
    PayeeDiffers,
    /// Another case than we sent.
    CaseDiffers,
    /// The layout does not know the bank's word.
    WordUnknown,
    /// It says the contrary of what is written down: paid, what came back or was taken out.
    Contradicts,
}

/// What became of a line when the answer was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// It is written down.
    Written,
    /// Somebody had written it down since.
    Already,
    /// 回避: whoever accepted may not write this one down; it stays for somebody else.
    Barred,
}

impl Found {
    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Paid => "已付",
            Self::Returned => "退汇",
            Self::Same => "已经登记过",
            Self::Waiting => "银行还在办",
            Self::Unreadable => "读不懂这一行",
            Self::NoSuchLine => "批次里没有这一笔",
            Self::Twice => "同一笔写了两次",
            Self::AmountDiffers => "金额对不上",
            Self::AccountDiffers => "账号对不上",
            Self::PayeeDiffers => "户名对不上",
            Self::CaseDiffers => "附言对不上",
            Self::WordUnknown => "银行的结果不认识",
            Self::Contradicts => "和登记的相反",
        }
    }

    /// Would accepting it write something down?
    pub const fn acts(self) -> bool {
        matches!(self, Self::Paid | Self::Returned)
    }

    /// Must somebody look at it?
    pub const fn asks(self) -> bool {
        !matches!(self, Self::Paid | Self::Returned | Self::Same | Self::Waiting)
    }
}

impl Became {
    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Written => "已登记",
            Self::Already => "有人先登记了",
            Self::Barred => "要回避，请别的同志登记",
        }
    }
}

/// What the bank says in a line, whatever it is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum BankWord {
    /// 已付.
    Paid,
    /// 退汇.
    Returned,
    /// It has not decided yet.
    Waiting,
    /// A word that the layout does not know.
    Unknown,
}

impl From<Word> for BankWord {
    fn from(word: Word) -> Self {
        match word {
            Word::Paid => Self::Paid,
            Word::Returned(_) => Self::Returned,
            Word::Waiting => Self::Waiting,
            Word::Unknown => Self::Unknown,
        }
    }
}

/// A line of an answer: where it stands in the file, and nothing that names anybody.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bank_answer_line")]
pub struct Model {
    /// Of which answer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub answer_id: BankAnswerId,
    /// Where in the file, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: i32,
    /// Of which payment, if it can be matched.
    pub payment_id: Option<PaymentId>,
    /// What it is to us.
    pub found: Found,
    /// Why the money came back, if it did.
    pub reason: Option<ReturnReason>,
    /// What the bank says; `None` where it cannot be read.
    pub said: Option<BankWord>,
    /// Of how much, as the file has it, whatever we sent.
    pub said_amount: Option<Fen>,
    /// What became of it; `None` before the answer is accepted, and where there is nothing to write.
    pub became: Option<Became>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
