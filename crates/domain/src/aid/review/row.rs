//! Row: `aid_review`: one review, written into the person's last case. Written once.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::{Iterable, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{AccountId, CaseId, ReviewId},
    privacy::{Cell, Sealed},
};

/// What it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 继续.
    Continue,
    /// 调整: the help goes on otherwise.
    Change,
    /// 退出.
    Exit,
}

impl Outcome {
    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Continue => "continue",
            Self::Change => "change",
            Self::Exit => "exit",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::iter().find(|outcome| outcome.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Continue => "继续帮扶",
            Self::Change => "调整帮扶",
            Self::Exit => "退出帮扶",
        }
    }
}

/// 定期复核.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_review")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewId,
    /// Which case.
    pub case_id: CaseId,
    /// What it says.
    pub outcome: Outcome,
    /// Why; sealed.
    pub why: Sealed,
    /// Who reviewed.
    pub reviewed_by: AccountId,
    /// When.
    pub reviewed_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Review").field("id", &self.id).field("outcome", &self.outcome).finish_non_exhaustive()
    }
}

pub(in crate::aid) fn why_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_review", column: "why", row }
}
