//! Row: `aid_elsewhere`.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::{
    aid::draft::Elsewhere,
    ids::{AccountId, CaseId, ElsewhereNoteId},
    privacy::{Cell, Sealed},
};

/// How many characters each text may have.
pub const LONGEST: usize = 300;

/// Whose help may be for the same need: 工会, 民政, 医疗救助. What the own unit gave is not of another scheme.
pub fn of_other_schemes(declared: &[Elsewhere]) -> Vec<Elsewhere> {
    let other = [Elsewhere::Union, Elsewhere::CivilAffairs, Elsewhere::MedicalAid];
    declared.iter().copied().filter(|one| other.contains(one)).collect()
}

/// 别处帮扶的说明: why help that was declared elsewhere does not stand in the way, and what somebody has seen of it.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_elsewhere")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ElsewhereNoteId,
    /// For which case.
    pub case_id: CaseId,
    /// Why not, sealed.
    pub why: Sealed,
    /// What was seen, sealed.
    pub evidence: Sealed,
    /// Who wrote it down.
    pub written_by: AccountId,
    /// When.
    pub written_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ElsewhereNote").field("id", &self.id).finish_non_exhaustive()
    }
}

pub(in crate::aid) fn why_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_elsewhere", column: "why", row }
}

pub(in crate::aid) fn evidence_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_elsewhere", column: "evidence", row }
}
