//! Row: `aid_clawback`: one claim.

use std::fmt;

use chrono::{DateTime, Utc};
use ledger::Fen;
use sea_orm::{Iterable, entity::prelude::*};

use crate::{
    ids::{AccountId, CaseId, ClawbackId},
    privacy::{Cell, Sealed},
};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ClawbackState {
    /// Another one decides.
    Proposed,
    /// It is asked back.
    Agreed,
    /// It is not.
    Refused,
    /// All of it has come.
    Recovered,
    /// Nobody asks for the rest any more.
    WrittenOff,
}

impl ClawbackState {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Proposed => "等决定",
            Self::Agreed => "追回中",
            Self::Refused => "不追回",
            Self::Recovered => "已全部追回",
            Self::WrittenOff => "已核销",
        }
    }
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Cause {
    /// 去世后发放.
    Death,
    /// 回访发现.
    FollowUp,
    /// 审计发现.
    Audit,
    /// 先救后补没有通过.
    Emergency,
}

impl Cause {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Death => "death",
            Self::FollowUp => "follow_up",
            Self::Audit => "audit",
            Self::Emergency => "emergency",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::iter().find(|cause| cause.code() == code)
    }

    /// The word at the desk.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Death => "去世后才发放",
            Self::FollowUp => "回访发现不一样",
            Self::Audit => "审计发现",
            Self::Emergency => "先救后补没有通过",
        }
    }

    /// What the person or the family is told, on the page or on the telephone.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Death => {
                "家里的事我们很难过，请节哀。有一笔帮扶款是后来才汇到的，按规定要退回来。不着急，分几次退也可以，手续我们来办。"
            }
            Self::FollowUp | Self::Audit => {
                "有一笔帮扶款按规定要退回一部分。不是您的错，分几次退也可以。有困难请打电话，我们一起商量。"
            }
            Self::Emergency => {
                "先发给您的帮扶款，后来没有通过，按规定要退回来。分几次退也可以，有困难请打电话，我们一起商量。"
            }
        }
    }
}

/// 追回.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_clawback")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClawbackId,
    /// Of which case.
    pub case_id: CaseId,
    /// How far.
    pub state: ClawbackState,
    /// Why.
    pub cause: Cause,
    /// How much is asked back.
    pub amount: Fen,
    /// How much of that has come.
    pub recovered: Fen,
    /// How much of that is asked for no more, and has not come since.
    pub written_off: Fen,
    /// What happened; sealed.
    pub why: Sealed,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clawback").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

impl Model {
    /// Does somebody still decide, or is something still to come?
    pub fn is_open(&self) -> bool {
        matches!(self.state, ClawbackState::Proposed | ClawbackState::Agreed)
    }
}

pub(in crate::aid) fn why_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_clawback", column: "why", row }
}

#[cfg(test)]
mod tests {
    use sea_orm::ActiveEnum;

    use super::Cause;

    #[test]
    fn the_row_holds_the_code_and_nobody_is_blamed() {
        for cause in Cause::all() {
            assert_eq!(cause.to_value(), cause.code());
            assert_eq!(Cause::parse(cause.code()), Some(cause));
            for word in ["追回", "违规", "骗", "必须", "罚"] {
                assert!(!cause.words().contains(word), "{}", cause.words());
            }
            for sentence in cause.words().split(['，', '。']) {
                assert!(sentence.chars().count() <= 25, "{sentence}");
            }
        }
    }
}
