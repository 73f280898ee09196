//! Row: `grievance`.

use std::fmt;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::{Kind, Status};
use crate::{
    aid::standard::Level,
    authority::Place,
    ids::{AccountId, CaseId, GrievanceId, PersonId, RegionCode, UnitId},
    privacy::{Blind, Cell, Sealed},
};

/// 反映的问题: what is; what happened is its [`Step`](super::Step)s. It has days and no moments.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grievance")]
pub struct Model {
    /// Id. Of what came without a name it is random, and no moment is in it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GrievanceId,
    /// About what.
    pub kind: Kind,
    /// How far it is.
    pub status: Status,
    /// 1, or 2 after whoever said it was not content.
    pub round: i32,
    /// Where: of the managing unit, and without a name the county alone.
    pub region: RegionCode,
    /// The managing unit.
    pub unit_id: Option<UnitId>,
    /// From how high on somebody may answer it.
    pub level: Level,
    /// Who says it; `None` without a name.
    pub person_id: Option<PersonId>,
    /// About which case.
    pub case_id: Option<CaseId>,
    /// In his words, sealed.
    pub said: Sealed,
    /// The login that sent it or wrote it down; `None` when it was sent without a name.
    pub filed_by: Option<AccountId>,
    /// Was it said on the telephone or at the counter, and did a worker write it down?
    pub by_hand: bool,
    /// The keyed hash of the code with which the answer is fetched; without a name.
    pub receipt: Option<Blind>,
    /// On which day it came, in this round.
    pub received_on: NaiveDate,
    /// The last day for an answer; `None` where no row sets one.
    pub due_on: Option<NaiveDate>,
    /// 延期: once.
    pub extended: bool,
    /// Who has it, or had it last.
    pub assigned_to: Option<AccountId>,
    /// Raised by every change.
    pub version: i32,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grievance").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Model {
    /// By which permission is judged.
    pub fn place(&self) -> Place {
        Place { region: self.region.clone(), unit: self.unit_id, branch: None, person: None }
    }

    /// Did it come without a name?
    pub fn is_nameless(&self) -> bool {
        self.receipt.is_some()
    }

    /// How audit rows name it.
    pub fn subject(&self) -> String {
        format!("grievance/{}", self.id)
    }
}

pub(super) fn said_cell(row: &str) -> Cell<'_> {
    Cell { table: "grievance", column: "said", row }
}
