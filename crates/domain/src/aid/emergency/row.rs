//! Row: `aid_emergency`: one request for money ahead of the papers, and what became of it.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;

use crate::{
    ids::{AccountId, CaseId, EmergencyId},
    privacy::{Cell, Sealed},
};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum EmergencyState {
    /// Nobody or one of two has said yes.
    Asked,
    /// Two have said yes; the money is reserved.
    Granted,
    /// Somebody has said no: the case goes the ordinary way.
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
    /// Did the first speak as an approver? One of the two must.
    pub first_approves: bool,
    /// Whose word decided: the second yes, or a no.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
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
