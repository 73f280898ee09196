//! Row: `aid_approval_task`.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{AccountId, ApprovalTaskId, CaseId},
    privacy::{Cell, Sealed},
};

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum TaskState {
    /// It waits for its holder.
    Open,
    /// He has decided on our page; the platform has not been told yet.
    Deciding,
    /// The platform has been told.
    Sent,
    /// The platform says that it is over.
    Over,
}

/// What somebody decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// 同意.
    Agree,
    /// 不同意.
    Refuse,
}

impl Wish {
    /// The word in forms and audit rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Refuse => "refuse",
        }
    }

    /// Reads [`Wish::code`].
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Agree, Self::Refuse].into_iter().find(|wish| wish.code() == code)
    }
}

/// What became of a task, as the platform says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum TaskOutcome {
    /// Its holder agreed.
    Agreed,
    /// Its holder refused.
    Refused,
    /// Somebody else has it.
    PassedOn,
    /// The round was taken back.
    Withdrawn,
    /// Another's decision made it needless.
    NotNeeded,
}

impl TaskOutcome {
    /// What was done, after a name and a time.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Agreed => "已同意",
            Self::Refused => "已不同意",
            Self::PassedOn => "已转交",
            Self::Withdrawn => "已撤回",
            Self::NotNeeded => "已由别的同志审批",
        }
    }
}

/// 待审任务: one person asked to decide about one round.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_approval_task")]
pub struct Model {
    /// Id; how the card is known, too.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApprovalTaskId,
    /// Of which case.
    pub case_id: CaseId,
    /// Of which round.
    pub round: i32,
    /// How the platform knows the round.
    pub instance_id: String,
    /// How the platform knows the task.
    pub task: i64,
    /// Who is asked.
    pub holder: AccountId,
    /// How far.
    pub state: TaskState,
    /// Since when, by the platform's clock.
    pub since: DateTime<Utc>,
    /// What the holder decided on our page.
    pub wish: Option<Wish>,
    /// What he wrote with it, sealed.
    pub remark: Option<Sealed>,
    /// When.
    pub pressed_at: Option<DateTime<Utc>>,
    /// Why the platform did not take it, in its word.
    pub not_taken: Option<String>,
    /// When the card was hung.
    pub card_at: Option<DateTime<Utc>>,
    /// What became of it.
    pub outcome: Option<TaskOutcome>,
    /// Who ended it.
    pub over_by: Option<AccountId>,
    /// When, by the platform's clock.
    pub over_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApproverTask")
            .field("id", &self.id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// Where the sealed remark stands.
pub(crate) fn remark_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_approval_task", column: "remark", row }
}
