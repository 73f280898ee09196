//! The way of a case: which step leads from where to where. Pure; who may take a step is `authority` and
//! [`separation`](super::separation), what it does to money is `ledger`, how long each may take is [`clock`](super::clock).
//!
//! ```text
//! submitted ─ accepted ─ visited ─ in_approval ─ approved ─ on_notice ─ ready_to_pay ─ in_batch ─ paid
//!   ▲  │ ▲        ▲  ◄─────┘ ▲ │          │                    │    ▲          ▲            │        │
//!   │  │ └ supplementing     │ └ refused ◄┴────────── objected ◄────┘          └─ returned ◄┴────────┘
//!   │  ▼                     │      │
//!   │ declined               │      │
//!   │  ▼                     │      ▼
//!   └ contested ► final      └── appealed ► final
//!
//! 先救后补, by the word of two; the papers come after the money, and then the whole way above:
//!
//! submitted ┐                              ┌─► accepted, and all above; at its end confirmed, or the rest is paid
//! accepted ─┴► urgent ─ urgent_batch ─ papers_due
//!                ▲           │             │
//!                └── urgent_returned ◄─────┘
//! urgent ► accepted: an approver took the word back before the money went
//!
//! After the money: paid ─ received, or unreceived until it is found or the bank returns it; somebody who goes there (回访) and a review
//! (定期复核) leave it where it is; paid and received ► closed.
//!
//! visited ► accepted: sent back to be visited again · in_approval ► visited: the round ended without a decision that counts
//! contested ► submitted and appealed ► visited: the appeal was right, and the case goes on where it was stopped
//! approved, on_notice, ready_to_pay, returned and urgent ► withdrawn: the person does not want it any more, and what was bound is free
//! ends: paid and received (the bank may still return it) · closed · declined and refused (an appeal may still come) · final · withdrawn · terminated
//! ```
//!
//! visited ► visited: a meeting supported it (集体研究), where a row demands that.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

pub use super::step::Step;

use super::Refusal;

/// How far a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 已提交.
    Submitted,
    /// 补正中: something is missing, and the office's clock stands still.
    Supplementing,
    /// 已受理: a worker has taken it.
    Accepted,
    /// 已家访.
    Visited,
    /// 审批中, in the workplace platform.
    InApproval,
    /// 已批准: the money is reserved.
    Approved,
    /// 公示中.
    OnNotice,
    /// 异议处理中: the notice's clock stands still.
    Objected,
    /// 待发放.
    ReadyToPay,
    /// 发放中: in a payment batch.
    InBatch,
    /// 已发放.
    Paid,
    /// 没有收到: the person says that the money is not there, and a worker looks for it.
    Unreceived,
    /// 已确认收到.
    Received,
    /// 已结案: the help has ended, with a reason.
    Closed,
    /// 退汇: the bank sent it back, somebody must ask for the right account.
    Returned,
    /// 先救后补，待发放: two have said yes, the money is reserved.
    Urgent,
    /// 先救后补，发放中.
    UrgentBatch,
    /// 先救后补，退汇.
    UrgentReturned,
    /// 已先发放，待补手续: the money has gone, the papers have not come.
    PapersDue,
    /// 不予受理: it is not a matter for this help.
    Declined,
    /// 不予帮扶.
    Refused,
    /// 申诉处理中, against 不予受理.
    Contested,
    /// 申诉处理中, against 不予帮扶.
    Appealed,
    /// 维持原决定: the appeal was unfounded, and there is no other.
    Final,
    /// 已撤回, by the applicant.
    Withdrawn,
    /// 已终止: the person has died.
    Terminated,
}

impl Status {
    /// Where a step leads, or why it cannot be taken here.
    pub fn after(self, step: Step) -> Result<Self, Refusal> {
        let next = match step {
            Step::AskSupplement => self.only(&[Self::Submitted], Self::Supplementing),
            Step::Supply => self.only(&[Self::Supplementing], Self::Submitted),
            Step::Decline => self.only(&[Self::Submitted, Self::Supplementing], Self::Declined),
            Step::Accept => self.only(&[Self::Submitted], Self::Accepted),
            Step::RecordVisit => self.only(&[Self::Accepted, Self::Visited], Self::Visited),
            Step::SendBack => self.only(&[Self::Visited], Self::Accepted),
            Step::Fail => self.only(&[Self::Visited], Self::Refused),
            Step::Discuss => self.only(&[Self::Visited], Self::Visited),
            Step::AskApproval => self.only(&[Self::Visited], Self::InApproval),
            Step::Approve => self.only(&[Self::InApproval], Self::Approved),
            Step::Refuse => self.only(&[Self::InApproval], Self::Refused),
            Step::EndRound => self.only(&[Self::InApproval], Self::Visited),
            Step::Withdraw => self.only(Self::BEFORE_APPROVAL, Self::Withdrawn),
            Step::GiveUp => self.only(Self::GIVES_UP, Self::Withdrawn),
            Step::GiveUpRest => self.only(&[Self::ReadyToPay, Self::Returned], Self::Paid),
            Step::Publish => self.only(&[Self::Approved], Self::OnNotice),
            Step::Object => self.only(&[Self::OnNotice, Self::Objected], Self::Objected),
            Step::Dismiss => self.only(&[Self::Objected], Self::OnNotice),
            Step::Uphold => self.only(&[Self::Objected], Self::Refused),
            Step::Appeal => self
                .only(&[Self::Declined], Self::Contested)
                .or_else(|| self.only(&[Self::Refused], Self::Appealed)),
            Step::Reopen => self.only(&[Self::Contested], Self::Submitted),
            Step::Rehear => self.only(&[Self::Appealed], Self::Visited),
            Step::RejectAppeal => self.only(&[Self::Contested, Self::Appealed], Self::Final),
            Step::CloseNotice => self.only(&[Self::OnNotice], Self::ReadyToPay),
            Step::PutInBatch => self
                .only(&[Self::ReadyToPay], Self::InBatch)
                .or_else(|| self.only(&[Self::Urgent], Self::UrgentBatch)),
            Step::TakeOutOfBatch => self
                .only(&[Self::InBatch], Self::ReadyToPay)
                .or_else(|| self.only(&[Self::UrgentBatch], Self::Urgent)),
            Step::Pay => self
                .only(&[Self::InBatch], Self::Paid)
                .or_else(|| self.only(&[Self::UrgentBatch], Self::PapersDue)),
            Step::Return => self
                .only(
                    &[Self::InBatch, Self::Paid, Self::Unreceived, Self::Received, Self::Closed],
                    Self::Returned,
                )
                .or_else(|| self.only(&[Self::UrgentBatch, Self::PapersDue], Self::UrgentReturned)),
            Step::CheckAccount => self
                .only(&[Self::ReadyToPay, Self::Returned], Self::ReadyToPay)
                .or_else(|| self.only(&[Self::Urgent, Self::UrgentReturned], Self::Urgent)),
            Step::Grant => self.only(&[Self::Submitted, Self::Accepted], Self::Urgent),
            Step::TakeBack => self.only(&[Self::Urgent], Self::Accepted),
            Step::BringPapers => self.only(&[Self::PapersDue], Self::Accepted),
            Step::ReturnHere => self.only(Self::STANDS, self),
            Step::Confirm => self.only(&[Self::ReadyToPay], Self::Paid),
            Step::ConfirmReceipt => self.only(&[Self::Paid, Self::Unreceived], Self::Received),
            Step::DenyReceipt => self.only(&[Self::Paid], Self::Unreceived),
            Step::FollowUp => self.only(&Self::AFTER, self),
            Step::Review => self.only(&[Self::Paid, Self::Received], self),
            Step::ClaimBack => self.only(
                &[Self::Paid, Self::Received, Self::Closed, Self::Refused, Self::Final, Self::Terminated],
                self,
            ),
            Step::Close => self.only(&[Self::Paid, Self::Received], Self::Closed),
            Step::Terminate => (!self.is_over()).then_some(Self::Terminated),
        };
        next.ok_or(Refusal::NotNow { status: self, step })
    }

    const BEFORE_APPROVAL: &'static [Self] =
        &[Self::Submitted, Self::Supplementing, Self::Accepted, Self::Visited, Self::InApproval];

    /// Where money is bound for a case and has not gone: the person may say that it is not wanted. While somebody's objection waits, that is
    /// answered first.
    const GIVES_UP: &'static [Self] = &[
        Self::Approved,
        Self::OnNotice,
        Self::ReadyToPay,
        Self::Returned,
        Self::Urgent,
        Self::UrgentReturned,
    ];

    /// Where a case stays when the bank sends back what was paid: on the ordinary way, behind money that went ahead, and where nobody is paid any
    /// more.
    const STANDS: &'static [Self] = &[
        Self::Accepted,
        Self::Visited,
        Self::InApproval,
        Self::Approved,
        Self::OnNotice,
        Self::Objected,
        Self::ReadyToPay,
        Self::Returned,
        Self::Refused,
        Self::Appealed,
        Self::Final,
        Self::Terminated,
    ];

    /// Those in which nothing is left to do, as far as anybody knows: for queries.
    pub const OVER: [Self; 8] = [
        Self::Paid,
        Self::Received,
        Self::Closed,
        Self::Declined,
        Self::Refused,
        Self::Final,
        Self::Withdrawn,
        Self::Terminated,
    ];

    /// Those whose money has come, as far as the bank says: somebody who was drawn is visited once more, also when the case was closed
    /// since. For queries.
    pub const AFTER: [Self; 4] = [Self::Paid, Self::Unreceived, Self::Received, Self::Closed];

    fn only(self, from: &[Self], to: Self) -> Option<Self> {
        from.contains(&self).then_some(to)
    }

    /// Is nothing left to do, as far as anybody knows?
    pub const fn is_over(self) -> bool {
        matches!(
            self,
            Self::Paid
                | Self::Received
                | Self::Closed
                | Self::Declined
                | Self::Refused
                | Self::Final
                | Self::Withdrawn
                | Self::Terminated
        )
    }

    /// Was it paid, and has the money not come back?
    pub const fn is_paid(self) -> bool {
        matches!(self, Self::Paid | Self::Unreceived | Self::Received | Self::Closed)
    }

    /// Was it decided against the applicant, who may still say something against that?
    pub fn may_be_appealed(self) -> bool {
        self.after(Step::Appeal).is_ok()
    }

    /// May the applicant still take it back? Until the first approval: after that the bureau has bound money.
    pub fn may_withdraw(self) -> bool {
        self.after(Step::Withdraw).is_ok()
    }

    /// Is money reserved for it (and in no batch)?
    pub const fn holds_reserve(self) -> bool {
        matches!(
            self,
            Self::Approved
                | Self::OnNotice
                | Self::Objected
                | Self::ReadyToPay
                | Self::Returned
                | Self::Urgent
                | Self::UrgentReturned
        )
    }

    /// Is it in a payment batch?
    pub const fn in_batch(self) -> bool {
        matches!(self, Self::InBatch | Self::UrgentBatch)
    }

    /// Has its money gone, or is it about to go, before its papers came?
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Urgent | Self::UrgentBatch | Self::UrgentReturned | Self::PapersDue)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use proptest::{prelude::*, test_runner::TestRunner};
    use sea_orm::{ActiveEnum, Iterable};

    use super::{Status, Step};

    /// What somebody would do next, whatever is possible then.
    fn any_choices() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(any::<u8>(), 0..80)
    }

    #[test]
    fn the_row_holds_the_code() {
        for status in Status::iter() {
            assert_eq!(status.to_value(), status.code());
        }
    }

    #[test]
    fn what_is_over_stays_over_but_for_the_bank_for_an_appeal_and_for_money_that_did_not_come() {
        assert!(Status::iter().all(|status| Status::OVER.contains(&status) == status.is_over()));
        for status in Status::OVER {
            for step in Step::iter() {
                let may = [
                    (Status::Paid, Step::Return),
                    (Status::Received, Step::Return),
                    (Status::Closed, Step::Return),
                    (Status::Paid, Step::DenyReceipt),
                    (Status::Declined, Step::Appeal),
                    (Status::Refused, Step::Appeal),
                ];
                let moves = status.after(step).is_ok_and(|next| !next.is_over());
                let may = may.contains(&(status, step));
                assert_eq!(moves, may, "{status:?} {step:?}");
            }
        }
    }

    /// What is final is decided once more by nobody.
    #[test]
    fn an_appeal_is_judged_once() {
        let moves = |step: Step| Status::Final.after(step).is_ok_and(|next| next != Status::Final);
        assert!(!Step::iter().any(moves));
    }

    #[test]
    fn every_status_but_the_first_is_reached() {
        let mut reached = vec![Status::Submitted];
        let mut at = 0;
        while let Some(status) = reached.get(at).copied() {
            let next: Vec<Status> = Step::iter().filter_map(|step| status.after(step).ok()).collect();
            reached.extend(next.into_iter().filter(|next| !reached.contains(next)).collect::<Vec<_>>());
            reached.dedup();
            at += 1;
        }
        assert!(Status::iter().all(|status| reached.contains(&status)));
    }

    /// A walk over the table: each choice is a step that is possible there, an ending one rarely. What was paid ahead is the rule of the
    /// commands: only such a case is confirmed without being paid once more, none is withdrawn, and none comes back twice.
    fn walk(choices: &[u8]) -> Vec<(Step, Status)> {
        let (mut status, mut ahead, mut granted, mut visited) = (Status::Submitted, false, false, false);
        let mut taken = Vec::new();
        for choice in choices {
            let ends = |step: Step| {
                matches!(
                    step,
                    Step::Withdraw | Step::GiveUp | Step::Terminate | Step::RejectAppeal | Step::Close
                )
            };
            let may = |step: Step| match step {
                // Nobody has been there yet.
                Step::Grant => !granted && !visited,
                Step::Confirm | Step::ReturnHere | Step::GiveUpRest => ahead,
                Step::Withdraw | Step::GiveUp => !ahead,
                _ => true,
            };
            let may: Vec<Step> = Step::iter()
                .filter(|step| status.after(*step).is_ok() && may(*step) && (*choice > 245 || !ends(*step)))
                .collect();
            let Some(step) = may.get(usize::from(*choice) % may.len().max(1)).copied() else { break };
            granted |= step == Step::Grant;
            visited |= step == Step::RecordVisit;
            ahead = match step {
                Step::Pay => status == Status::UrgentBatch || ahead,
                Step::Return | Step::ReturnHere => false,
                _ => ahead,
            };
            status = status.after(step).unwrap();
            taken.push((step, status));
        }
        taken
    }

    /// The steps of which each walk to money has all, in this order.
    const ROAD: [Step; 7] = [
        Step::Accept,
        Step::RecordVisit,
        Step::AskApproval,
        Step::Approve,
        Step::Publish,
        Step::CloseNotice,
        Step::PutInBatch,
    ];

    /// No path leads to a payment without acceptance, visit, approval, notice and batch, in this order; none from a withdrawal or a death;
    /// and none from a decision against the applicant but by an appeal that was right, and the whole way from there. The one other
    /// road has its own rule: the word of two and a batch, before anything was looked into, once; and after it the whole way above
    /// before the case is done.
    #[test]
    fn two_roads_lead_to_money_and_the_short_one_leads_back_to_the_long_one() {
        let (paid, ahead) = (AtomicU32::new(0), AtomicU32::new(0));
        let holds = |choices: Vec<u8>| {
            let taken = walk(&choices);
            for (end, (_, status)) in
                taken.iter().enumerate().filter(|(_, (step, _))| matches!(step, Step::Pay | Step::Confirm))
            {
                // What leaves a case where it is, wherever it is, is no part of its way.
                let stands = |step: &Step| matches!(step, Step::ReturnHere | Step::ClaimBack);
                let before: Vec<Step> =
                    taken[..end].iter().map(|(step, _)| *step).filter(|step| !stands(step)).collect();
                let last = |wanted: Step| before.iter().rposition(|step| *step == wanted);
                if *status == Status::PapersDue {
                    ahead.fetch_add(1, Ordering::Relaxed);
                    let granted = last(Step::Grant);
                    prop_assert!(granted.is_some() && last(Step::PutInBatch) > granted, "{before:?}");
                    let only = [Step::RecordVisit, Step::AskApproval, Step::Publish, Step::BringPapers];
                    prop_assert!(only.map(last).iter().all(Option::is_none), "{before:?}");
                    prop_assert_eq!(before.iter().filter(|step| **step == Step::Grant).count(), 1);
                    continue;
                }
                paid.fetch_add(1, Ordering::Relaxed);
                if let Some(granted) = last(Step::Grant) {
                    let back = last(Step::BringPapers).max(last(Step::TakeBack));
                    prop_assert!(back > Some(granted), "{before:?}");
                }
                // From the papers or the word that was taken back on, if money went ahead or was to; then they stand for the
                // acceptance, and what is confirmed needs no batch.
                let from = last(Step::BringPapers).max(last(Step::TakeBack)).unwrap_or(0);
                let stands_for = |taken: Step, step: Step| {
                    let back = matches!(taken, Step::BringPapers | Step::TakeBack);
                    taken == step || (step == Step::Accept && back)
                };
                let steps = if taken[end].0 == Step::Confirm { &ROAD[..6] } else { &ROAD[..] };
                let road: Vec<Option<usize>> = steps
                    .iter()
                    .map(|step| before[from..].iter().position(|taken| stands_for(*taken, *step)))
                    .collect();
                prop_assert!(road.iter().all(Option::is_some) && road.is_sorted(), "{before:?}");
                let ended =
                    |step: &Step| matches!(step, Step::Withdraw | Step::Terminate | Step::RejectAppeal);
                prop_assert!(!before.iter().any(ended));
                for no in [Step::Decline, Step::Fail, Step::Refuse, Step::Uphold] {
                    let Some(at) = last(no) else { continue };
                    prop_assert_eq!(before[at + 1], Step::Appeal);
                    prop_assert!(matches!(before[at + 2], Step::Reopen | Step::Rehear));
                    // What was approved before is approved once more.
                    let again =
                        [Step::AskApproval, Step::Approve, Step::Publish, Step::CloseNotice].map(last);
                    let after = again.iter().all(|step| *step > Some(at));
                    let batch = taken[end].0 == Step::Confirm || last(Step::PutInBatch) > again[3];
                    prop_assert!(after && again.is_sorted() && batch, "{before:?}");
                }
            }
            Ok(())
        };
        let mut runner = TestRunner::new(ProptestConfig::with_cases(20_000));
        runner.run(&any_choices(), holds).unwrap();
        let (paid, ahead) = (paid.into_inner(), ahead.into_inner());
        assert!(paid > 500, "of 20,000 walks only {paid} came to money");
        assert!(ahead > 500, "of 20,000 walks only {ahead} came to money ahead");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        /// Where money may go out, the notice has been closed since the last approval.
        #[test]
        fn what_may_be_paid_was_approved_and_hung(choices in any_choices()) {
            let (mut approved, mut hung) = (false, false);
            for (step, status) in walk(&choices).into_iter().filter(|(_, status)| !status.is_urgent()) {
                match step {
                    Step::Approve => (approved, hung) = (true, false),
                    Step::Refuse | Step::Uphold | Step::Decline | Step::Fail => (approved, hung) = (false, false),
                    Step::CloseNotice => hung = true,
                    _ => {}
                }
                let pays = status.is_paid()
                    || matches!(status, Status::ReadyToPay | Status::InBatch | Status::Returned);
                prop_assert!(!pays || (approved && hung), "{step:?} {status:?}");
            }
        }

        /// While the applicant may still withdraw, no money is bound.
        #[test]
        fn nothing_is_bound_while_it_may_be_withdrawn(choices in any_choices()) {
            for (_, status) in walk(&choices) {
                prop_assert!(!(status.may_withdraw() && (status.holds_reserve() || status.in_batch())));
            }
        }
    }
}
