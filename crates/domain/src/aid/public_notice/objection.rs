//! Row: `aid_objection`.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{AccountId, CaseId, ObjectionId},
    privacy::{Cell, Sealed},
};

/// How many characters of an objection.
pub const SAID: usize = 1000;

/// What became of an objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was right: no help.
    Upheld,
    /// It was unfounded.
    Dismissed,
}

/// 异议: somebody called, wrote or came; a worker writes it down. Who it was is not asked.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_objection")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ObjectionId,
    /// Against which case.
    pub case_id: CaseId,
    /// What was said, sealed.
    pub said: Sealed,
    /// Who wrote it down.
    pub recorded_by: AccountId,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Who judged it.
    pub resolved_by: Option<AccountId>,
    /// When.
    pub resolved_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objection").field("id", &self.id).finish_non_exhaustive()
    }
}

pub(in crate::aid) fn said_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_objection", column: "said", row }
}
