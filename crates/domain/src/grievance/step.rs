//! Row: `grievance_step`: what happened to one, in order. On which day; at which moment is in the audit chain, but for what somebody did
//! without a name.

use std::fmt;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::Outcome;
use crate::{
    ids::{AccountId, GrievanceId, GrievanceStepId},
    privacy::{Cell, Sealed},
};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum What {
    /// It came; until when it is to be answered.
    Received,
    /// Somebody got it.
    Assigned,
    /// It names somebody.
    Named,
    /// It is about a case.
    Linked,
    /// Nobody of the level may answer it: the one above has it.
    Raised,
    /// 延期, with the reason and the new day.
    Extended,
    /// 答复.
    Answered,
    /// 撤回.
    Withdrawn,
    /// 不满意, with what is still wrong.
    Reopened,
}

impl What {
    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Received => "收到",
            Self::Assigned => "交办",
            Self::Named => "标记被反映的人",
            Self::Linked => "标记是哪一件申请",
            Self::Raised => "交上一级",
            Self::Extended => "延期",
            Self::Answered => "答复",
            Self::Withdrawn => "反映人撤回",
            Self::Reopened => "反映人不满意",
        }
    }
}

/// One step.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grievance_step")]
pub struct Model {
    /// Id. Of what somebody did without a name it is random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GrievanceStepId,
    /// Of which.
    pub grievance_id: GrievanceId,
    /// In which order, from 1.
    pub seq: i32,
    /// What.
    pub what: What,
    /// By whom; `None` for the system, and without a name.
    pub actor: Option<AccountId>,
    /// Who got it, or is named in it.
    pub whom: Option<AccountId>,
    /// On which day.
    pub on_day: NaiveDate,
    /// Until when it is to be answered.
    pub until: Option<NaiveDate>,
    /// With which result.
    pub outcome: Option<Outcome>,
    /// In words, sealed.
    pub words: Option<Sealed>,
    /// Without a name, and of today: it counts from tomorrow on, and is in the audit chain then.
    pub held: bool,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Step").field("id", &self.id).field("what", &self.what).finish_non_exhaustive()
    }
}

pub(super) fn words_cell(row: &str) -> Cell<'_> {
    Cell { table: "grievance_step", column: "words", row }
}
