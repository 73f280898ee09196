//! What is tried next: mostly what is due for a case, now and then anything.

use domain::{
    aid::{Status, clawback::ClawbackState, store},
    ids::CaseId,
};
use rand::seq::IndexedRandom;
use sea_orm::Iterable;

use super::{Walk, acts::Act};

/// What moves a case on from here, or ends it, and how often each is tried beside the others.
fn due(status: Status) -> &'static [(u32, Act)] {
    match status {
        Status::Submitted => &[(12, Act::Accept), (2, Act::Decline), (2, Act::AskAhead), (4, Act::Speak)],
        Status::Accepted => &[(4, Act::Visit), (1, Act::AskAhead), (1, Act::Speak)],
        Status::Visited => &[(8, Act::AskApproval), (1, Act::SendBack), (1, Act::Fail)],
        Status::InApproval => &[(2, Act::Decide), (1, Act::ReserveAgain)],
        Status::Approved => &[(1, Act::Publish)],
        Status::OnNotice => &[(4, Act::CloseNotices), (1, Act::Object)],
        Status::Objected => &[(1, Act::Resolve)],
        Status::ReadyToPay => &[(1, Act::OpenBatch)],
        Status::Urgent => &[(3, Act::OpenBatch), (1, Act::Speak)],
        Status::UrgentReturned => &[(1, Act::CheckAccount)],
        Status::PapersDue => &[(4, Act::BringPapers), (1, Act::Answer)],
        Status::InBatch | Status::UrgentBatch => {
            &[(1, Act::Confirm), (1, Act::CheckDay), (1, Act::Send), (2, Act::Answer)]
        }
        Status::Paid | Status::Unreceived | Status::Received => &[
            (3, Act::Say),
            (2, Act::Answer),
            (4, Act::Claim),
            (2, Act::JudgeClaim),
            (2, Act::Receive),
            (1, Act::WriteOff),
            (1, Act::JudgeWriteOff),
            (1, Act::Close),
        ],
        Status::Closed => {
            &[(1, Act::Answer), (1, Act::Claim), (2, Act::JudgeClaim), (3, Act::Receive), (1, Act::Ask)]
        }
        Status::Returned => &[(3, Act::CheckAccount), (1, Act::GiveUp)],
        Status::Refused | Status::Declined | Status::Contested => &[(1, Act::Appeal), (2, Act::Ask)],
        Status::Appealed => &[(1, Act::JudgeAppeal)],
        // Over: somebody else asks, or tries what goes no more.
        _ => &[(2, Act::Ask), (1, Act::Withdraw), (1, Act::Accept), (1, Act::OpenBatch)],
    }
}

/// What moves a claim on, if there is one: it takes several people, one after the other, and the bank comes in between.
fn asked_back(state: ClawbackState) -> &'static [(u32, Act)] {
    match state {
        ClawbackState::Proposed => &[(1, Act::JudgeClaim)],
        ClawbackState::Agreed => &[(3, Act::Receive), (2, Act::WriteOff), (3, Act::JudgeWriteOff)],
        ClawbackState::WrittenOff => &[(2, Act::Receive), (1, Act::JudgeWriteOff), (1, Act::Claim)],
        ClawbackState::Refused | ClawbackState::Recovered => &[(1, Act::Claim)],
    }
}

impl Walk<'_> {
    pub(super) async fn pick(&self) -> (Act, Option<CaseId>) {
        let count = self.cases.borrow().len();
        if count == 0 || self.chance(0.05) {
            return (Act::Ask, None);
        }
        for rare in [Act::Die, Act::Give] {
            if self.chance(0.004) {
                return (rare, None);
            }
        }
        let all: Vec<Act> = Act::iter().filter(|act| !matches!(act, Act::Die | Act::Give)).collect();
        let case = self.some_case();
        if self.chance(0.15) {
            return (*self.one(&all), Some(case));
        }
        let claim = store::clawback::of_case(self.office.db, case).await.unwrap().pop();
        let due = match claim.filter(|_| self.chance(0.6)) {
            Some(claim) => asked_back(claim.state),
            None => due(self.case(case).await.status),
        };
        let (_, act) = due.choose_weighted(&mut *self.dice.borrow_mut(), |(weight, _)| *weight).unwrap();
        (*act, Some(case))
    }

    /// A young one rather than an old one, of which there are more and more; now and then one of the few that were paid.
    fn some_case(&self) -> CaseId {
        let (cases, paid) = (self.cases.borrow(), self.paid.borrow());
        if !paid.is_empty() && self.chance(0.25) {
            return *self.one(&paid);
        }
        let back = self.number(0..cases.len()).min(self.number(0..cases.len()));
        cases[cases.len() - 1 - back]
    }
}
