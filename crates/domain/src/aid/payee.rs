//! Row: `aid_payee`: 代收, somebody other than the person to whose account a case is paid.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{AccountId, AccountLinkId, CaseId, PayeeId},
    privacy::{Cell, Sealed},
};

/// A rule of 代收 that stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPayee {
    /// Without a bank, or for a time that is over, longer than a year, or longer than the mandate.
    Terms,
    /// Somebody is proposed or agreed to already.
    Exists,
    /// Nobody waits for this step.
    NotNow,
    /// Who proposed somebody does not agree to him; who did either does not make sure of his account.
    Own,
    /// He has no mandate of the person in matters of aid that holds today.
    Mandate,
    /// The mandate has no paper that counts.
    Paper,
    /// Who works for the office, or had a part in the case, does not receive.
    OfOffice,
}

/// For so many days at most somebody receives for the person.
pub(in crate::aid) const LONGEST_DAYS: u64 = 366;
/// How many characters may say how somebody made sure.
pub const WORDS: usize = 200;

/// Who receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PayeeKind {
    /// 配偶, by a mandate in matters of aid.
    Spouse,
    /// 子女, by a mandate in matters of aid.
    Child,
    /// 单位: the managing unit of the case.
    Unit,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PayeeState {
    /// Waits for a second person; meanwhile nothing is paid.
    Proposed,
    /// Agreed to. Paid to, once a third has made sure of the account or it is no longer new.
    Approved,
    /// The second person said no.
    Refused,
    /// Over, before its time.
    Ended,
}

/// 代收人 of one case. At most one is proposed or approved at a time.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_payee")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PayeeId,
    /// Of which case.
    pub case_id: CaseId,
    /// Who.
    pub kind: PayeeKind,
    /// By which mandate; `None` for the unit, whose mandate is a paper of the case.
    pub link_id: Option<AccountLinkId>,
    /// Whose login has that mandate.
    pub account_id: Option<AccountId>,
    /// The holder of the account: the name of that login, or of the unit.
    pub name: String,
    /// The account's number, sealed.
    pub number: Sealed,
    /// Its last four digits.
    pub tail: String,
    /// The bank.
    pub bank: String,
    /// The last day.
    pub until: NaiveDate,
    /// How far.
    pub state: PayeeState,
    /// The first person.
    pub proposed_by: AccountId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// The second person.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// The third, who made sure of the account.
    pub vouched_by: Option<AccountId>,
    /// When.
    pub vouched_at: Option<DateTime<Utc>>,
    /// How he made sure, sealed.
    pub vouched: Option<Sealed>,
    /// Who ended it.
    pub ended_by: Option<AccountId>,
    /// When.
    pub ended_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payee").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

impl PayeeKind {
    /// In the order of the form.
    pub const ALL: [Self; 3] = [Self::Spouse, Self::Child, Self::Unit];

    /// The word in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spouse => "spouse",
            Self::Child => "child",
            Self::Unit => "unit",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Spouse => "配偶",
            Self::Child => "子女",
            Self::Unit => "单位",
        }
    }
}

impl PayeeState {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Proposed => "待审核",
            Self::Approved => "已同意",
            Self::Refused => "不同意",
            Self::Ended => "已停止",
        }
    }
}

pub(in crate::aid) fn number_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_payee", column: "number", row }
}

pub(in crate::aid) fn vouched_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_payee", column: "vouched", row }
}
