//! Row: `aid_case`.

use std::fmt;

use chrono::{DateTime, Utc};
use ledger::{Envelope, Fen};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::{Category, Channel, Refusal, Status, Step};
use crate::{
    authority::Place,
    ids::{AccountId, CaseId, DraftId, PersonId, RegionCode, UnitId},
    privacy::{Cell, Sealed},
};

/// 个案: what is; what happened is its log of [`CaseEvent`](super::CaseEvent)s.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_case")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CaseId,
    /// 受理编号, spoken on the telephone: 西湖帮扶2026-0007.
    pub number: String,
    /// The draft it was: a draft that is sent twice is one case.
    pub draft_id: DraftId,
    /// The region that helps: that of the person's managing unit when the case began.
    pub region: RegionCode,
    /// The managing unit.
    pub unit_id: UnitId,
    /// Who is to be helped.
    pub person_id: PersonId,
    /// Which login asked.
    pub applicant: AccountId,
    /// 代办: it asked for somebody else.
    pub for_another: bool,
    /// By which way it came.
    pub channel: Channel,
    /// For what.
    pub category: Category,
    /// The answers, sealed as a whole.
    pub answers: Sealed,
    /// How far it is.
    pub status: Status,
    /// The worker who took it: whom to call.
    pub worker: Option<AccountId>,
    /// What the visitors proposed last.
    pub proposed: Option<Fen>,
    /// What was approved. With [`Self::budget_year`] or not at all.
    pub approved: Option<Fen>,
    /// What has been paid and was not returned.
    pub paid: Fen,
    /// The year whose budget bears it.
    pub budget_year: Option<i32>,
    /// May it be paid to the account on file? The applicant said so, or a worker asked.
    pub account_checked: bool,
    /// Raised by every change.
    pub version: i64,
    /// When it was submitted.
    pub created_at: DateTime<Utc>,
    /// Since when it is where it is.
    pub status_at: DateTime<Utc>,
    /// When it changed last.
    pub updated_at: DateTime<Utc>,
}

/// A case is about a person.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The person.
    #[sea_orm(
        belongs_to = "crate::person::entity::Entity",
        from = "Column::PersonId",
        to = "crate::person::entity::Column::Id"
    )]
    Person,
}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case").field("id", &self.id).field("status", &self.status).finish_non_exhaustive()
    }
}

impl Model {
    /// By which permission is judged.
    pub fn place(&self) -> Place {
        Place::of_unit(self.region.clone(), self.unit_id)
    }

    /// Did this login ask, on the person's side? Whoever of the office entered a request did not.
    pub fn is_applicant(&self, account: &AccountId) -> bool {
        self.applicant == *account && !self.channel.is_entered()
    }

    /// How audit rows and ledger entries name it.
    pub fn subject(&self) -> String {
        subject(self.id)
    }

    /// The pot that bears it, once it is approved.
    pub fn envelope(&self) -> Option<Envelope> {
        Some(envelope(&self.region, self.budget_year?, self.category))
    }

    /// What may still be paid.
    pub fn payable(&self) -> Fen {
        self.approved.and_then(|approved| approved.checked_sub(self.paid)).unwrap_or_default()
    }
}

impl Model {
    /// May the applicant still take it back? Not once money went ahead.
    pub fn may_withdraw(&self) -> bool {
        self.status.may_withdraw() && !self.paid.is_positive()
    }

    /// The step by which the person gives up what is bound for him: of what was paid ahead only the rest is left to give up.
    pub fn giving_up(&self) -> Result<Step, Refusal> {
        let step = if self.paid.is_positive() { Step::GiveUpRest } else { Step::GiveUp };
        self.status.after(step).map(|_| step)
    }

    /// The change of a case whose approval is undone, but for what has been paid ahead; what was, is in its log.
    pub(super) fn unapproved(&self) -> ActiveModel {
        if self.paid.is_positive() {
            return ActiveModel { approved: Set(Some(self.paid)), ..Default::default() };
        }
        ActiveModel { approved: Set(None), budget_year: Set(None), ..Default::default() }
    }
}

/// How audit rows and ledger entries name a case.
pub fn subject(case: CaseId) -> String {
    format!("aid_case/{case}")
}

/// The pot of a region for a category in a year.
pub fn envelope(region: &RegionCode, year: i32, category: Category) -> Envelope {
    Envelope::new(region.as_str(), year, category.code())
}

/// Where the sealed answers stand.
pub(super) fn answers_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_case", column: "answers", row }
}
