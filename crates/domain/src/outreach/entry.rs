//! Row: `outreach_entry`: somebody on a plan.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;

use crate::{
    ids::{AccountId, OutreachEntryId, OutreachPlanId, OutreachStandardId, PersonId, UnitId},
    privacy::{Cell, Sealed},
};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum EntryState {
    /// To be visited.
    Listed,
    /// Not on this plan, for a reason.
    LeftOut,
    /// Visited.
    Given,
    /// Does not want to be visited.
    Declined,
    /// Has died.
    Died,
    /// Nobody had come when the plan was settled.
    Missed,
}

impl EntryState {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Listed => "待走访",
            Self::LeftOut => "不列入",
            Self::Given => "已走访",
            Self::Declined => "本人谢绝",
            Self::Died => "已去世",
            Self::Missed => "没有走到",
        }
    }
}

/// 名单里的一个人. Why somebody was added or left out is sealed.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outreach_entry")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutreachEntryId,
    /// On which plan.
    pub plan_id: OutreachPlanId,
    /// Who.
    pub person_id: PersonId,
    /// What somebody gets once: [`Occasion::round`](super::Occasion::round).
    pub round: String,
    /// The managing unit when the list was made.
    pub unit_id: UnitId,
    /// Which row of the standard is the reason; `None`: somebody added the person.
    pub standard_id: Option<OutreachStandardId>,
    /// Did somebody add the person?
    pub by_hand: bool,
    /// Why somebody was added or left out.
    pub reason: Option<Sealed>,
    /// What became of it.
    pub state: EntryState,
    /// By when.
    pub due_on: NaiveDate,
    /// 慰问金.
    pub cash: Fen,
    /// 慰问品.
    pub item: Option<String>,
    /// What it is worth at most.
    pub item_value: Fen,
    /// How many go there.
    pub visitors: i32,
    /// Is the person told before?
    pub tells: bool,
    /// Who goes there.
    pub worker: Option<AccountId>,
    /// Which stop of the worker's way, from 1.
    pub place_no: Option<i32>,
    /// How often somebody has been there.
    pub tries: i32,
    /// Who wrote it last.
    pub written_by: AccountId,
    /// When.
    pub updated_at: DateTime<Utc>,
}

/// About a person, on a plan.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Who.
    #[sea_orm(
        belongs_to = "crate::person::entity::Entity",
        from = "Column::PersonId",
        to = "crate::person::entity::Column::Id"
    )]
    Person,
    /// Which.
    #[sea_orm(belongs_to = "super::plan::Entity", from = "Column::PlanId", to = "super::plan::Column::Id")]
    Plan,
}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

impl Model {
    /// How audit rows name it.
    pub fn subject(&self) -> String {
        format!("outreach_entry/{}", self.id)
    }
}

/// Where the reason is sealed; `row` is the id.
pub(super) fn reason_cell(row: &str) -> Cell<'_> {
    Cell { table: "outreach_entry", column: "reason", row }
}
