//! Row: `aid_emergency`: one request for money ahead of the papers, and what became of it.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::{Iterable, entity::prelude::*};

use crate::{
    ids::{AccountId, CaseId, EmergencyId},
    privacy::{Cell, Sealed},
};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum EmergencyState {
    /// Nobody or one of two approvers has said yes.
    Asked,
    /// Two have said yes; the money is reserved.
    Granted,
    /// An approver has said no, or has taken the word back before the money went: the case goes the ordinary way.
    Refused,
}

impl EmergencyState {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Asked => "等表态",
            Self::Granted => "同意先救",
            Self::Refused => "不同意先救",
        }
    }
}

/// How an approver was reached, by his own word: he may be anywhere when it cannot wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Reached {
    /// 打电话.
    Phone,
    /// 钉钉消息.
    Message,
    /// 当面.
    InPerson,
}

impl Reached {
    /// All of them, in the order of the form.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Message => "message",
            Self::InPerson => "in_person",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::iter().find(|reached| reached.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Phone => "打电话",
            Self::Message => "钉钉消息",
            Self::InPerson => "当面",
        }
    }
}

/// 先救后补.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_emergency")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EmergencyId,
    /// Of which case.
    pub case_id: CaseId,
    /// How far.
    pub state: EmergencyState,
    /// How much.
    pub amount: Fen,
    /// How much could be given that day.
    pub cap: Fen,
    /// The document that says so.
    pub cap_source: String,
    /// Why it cannot wait; sealed.
    pub why: Sealed,
    /// The worker who asked.
    pub asked_by: AccountId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Who said yes first. With [`Self::first_at`] or not at all.
    pub first_by: Option<AccountId>,
    /// When.
    pub first_at: Option<DateTime<Utc>>,
    /// Did the first speak as an approver? Both must; of a row from before that was asked of both, the first may have been a worker.
    pub first_approves: bool,
    /// How the first was reached.
    pub first_via: Option<Reached>,
    /// Whose word decided: the second yes, or a no.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// How that one was reached.
    pub decided_via: Option<Reached>,
    /// The last day of the papers, once it is granted.
    pub papers_until: Option<NaiveDate>,
    /// Who wrote down that they came.
    pub papers_by: Option<AccountId>,
    /// When.
    pub papers_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emergency").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

pub(in crate::aid) fn why_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_emergency", column: "why", row }
}
