//! Row: `outreach_visit`: somebody was there.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;

use crate::{
    ids::{AccountId, OutreachEntryId, OutreachItemId, OutreachVisitId},
    privacy::{Cell, Sealed},
};

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Outcome {
    /// 已走访.
    Given,
    /// 不在家.
    Away,
    /// 本人谢绝.
    Declined,
    /// 住院了: somebody goes there.
    InHospital,
    /// 已去世: the death is to be recorded.
    Died,
}

impl Outcome {
    /// In the order of the form.
    pub const ALL: [Self; 5] = [Self::Given, Self::Away, Self::Declined, Self::InHospital, Self::Died];

    /// The word in forms and audit rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Away => "away",
            Self::Declined => "declined",
            Self::InHospital => "in_hospital",
            Self::Died => "died",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Given => "走访到了",
            Self::Away => "不在家",
            Self::Declined => "本人谢绝",
            Self::InHospital => "住院了",
            Self::Died => "已经去世",
        }
    }
}

/// 一次走访. What the person said is sealed.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outreach_visit")]
pub struct Model {
    /// Id, which the form had: sent twice, it is one visit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutreachVisitId,
    /// Of whom, on which plan.
    pub entry_id: OutreachEntryId,
    /// On which day.
    pub on_day: NaiveDate,
    /// How it went.
    pub outcome: Outcome,
    /// Who was there.
    pub lead: AccountId,
    /// Who else.
    pub second: Option<AccountId>,
    /// What was given.
    pub cash: Fen,
    /// Which item, if one was.
    pub item_id: Option<OutreachItemId>,
    /// 签收单: the person has signed on paper.
    pub signed: bool,
    /// When the person said on the own screen that it has come.
    pub received_at: Option<DateTime<Utc>>,
    /// By which login.
    pub received_by: Option<AccountId>,
    /// 诉求, in the person's words.
    pub said: Option<Sealed>,
    /// What became of it.
    pub answer: Option<Sealed>,
    /// Who saw to it.
    pub answered_by: Option<AccountId>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
    /// When somebody comes again.
    pub next_on: Option<NaiveDate>,
    /// Who wrote it down.
    pub recorded_by: AccountId,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// Of somebody on a plan.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Who.
    #[sea_orm(belongs_to = "super::entry::Entity", from = "Column::EntryId", to = "super::entry::Column::Id")]
    Entry,
}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visit").field("id", &self.id).field("outcome", &self.outcome).finish_non_exhaustive()
    }
}

impl Model {
    /// Is there a receipt: on paper, or by the person's tap?
    pub fn has_receipt(&self) -> bool {
        self.signed || self.received_at.is_some()
    }
}

/// Where the words are sealed; `row` is the id.
pub(super) fn said_cell(row: &str) -> Cell<'_> {
    Cell { table: "outreach_visit", column: "said", row }
}

/// Where the answer is sealed; `row` is the id.
pub(super) fn answer_cell(row: &str) -> Cell<'_> {
    Cell { table: "outreach_visit", column: "answer", row }
}
