//! Row: `aid_visit`, and what makes a visit one: two visitors, a possible day, findings.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;

use super::Refusal;
use crate::{
    calendar::local_date,
    ids::{AccountId, CaseId, VisitId},
    privacy::{Cell, Sealed},
};

/// How many characters of findings.
pub const FINDINGS: usize = 2000;

/// 家访.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_visit")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VisitId,
    /// Of which case.
    pub case_id: CaseId,
    /// On which day.
    pub visited_on: NaiveDate,
    /// Who led it.
    pub lead: AccountId,
    /// Who came along.
    pub second: AccountId,
    /// What they found, sealed.
    pub findings: Sealed,
    /// What they propose.
    pub proposed: Fen,
    /// What the person paid himself, by the bills that they saw; where the amount follows from it.
    pub self_paid: Option<Fen>,
    /// Which of the two wrote it down.
    pub recorded_by: AccountId,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visit").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Where the sealed findings stand.
pub(super) fn findings_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_visit", column: "findings", row }
}

/// A visit to be written down.
#[derive(Clone)]
pub struct NewVisit {
    /// Given by the form, so that a form that is sent twice is one visit.
    pub id: VisitId,
    /// On which day.
    pub on: NaiveDate,
    /// Who led it.
    pub lead: AccountId,
    /// Who came along.
    pub second: AccountId,
    /// What they found.
    pub findings: String,
    /// What they propose.
    pub proposed: Fen,
    /// What the person paid himself.
    pub self_paid: Option<Fen>,
}

impl NewVisit {
    /// The pure rules: two people (§ 家访 ≥2 人 of the aid practice), one of them the recorder, between the request and today.
    pub(super) fn check(
        &self,
        recorder: &AccountId,
        submitted_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        if self.lead == self.second {
            return Err(Refusal::OneVisitor);
        }
        if *recorder != self.lead && *recorder != self.second {
            return Err(Refusal::RecorderNotThere);
        }
        if self.on > local_date(now) || self.on < local_date(submitted_at) {
            return Err(Refusal::VisitDate);
        }
        let length = self.findings.trim().chars().count();
        if length == 0 || length > FINDINGS {
            return Err(Refusal::Findings);
        }
        Ok(())
    }
}
