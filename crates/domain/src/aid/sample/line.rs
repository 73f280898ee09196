//! Row: `aid_follow_up`: a payment of a draw, whether it was chosen, and what somebody found who went there.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;

use super::Chosen;
use crate::{
    ids::{AccountId, CaseId, FollowUpId, PaymentId, SampleId},
    privacy::{Cell, Sealed},
};

/// 回访.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_follow_up")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FollowUpId,
    /// Of which draw.
    pub sample_id: SampleId,
    /// The payment.
    pub payment_id: PaymentId,
    /// Its case.
    pub case_id: CaseId,
    /// How much.
    pub amount: Fen,
    /// By which the lines are in order.
    pub digest: String,
    /// Why it was chosen, if it was.
    pub chosen: Option<Chosen>,
    /// By when somebody goes there.
    pub due_on: Option<NaiveDate>,
    /// On which day somebody did.
    pub visited_on: Option<NaiveDate>,
    /// Is something different from what is on record?
    pub differs: Option<bool>,
    /// What was found; sealed.
    pub findings: Option<Sealed>,
    /// Who wrote it down.
    pub visited_by: Option<AccountId>,
    /// When.
    pub recorded_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FollowUp").field("id", &self.id).field("chosen", &self.chosen).finish_non_exhaustive()
    }
}

impl Model {
    /// Does somebody still have to go there?
    pub fn is_open(&self) -> bool {
        self.chosen.is_some() && self.differs.is_none()
    }
}

pub(in crate::aid) fn findings_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_follow_up", column: "findings", row }
}
