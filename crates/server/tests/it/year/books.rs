//! What must be so when the year is over.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    aid::{
        Case, Happened, RoundState, Status,
        reconcile::{self, Outcome},
        separation::{Part, parts},
        store, view,
    },
    authority::Scope,
    ids::AccountId,
};
use ledger::{Bucket, Fen};
use sea_orm::Iterable;

use super::Year;
use crate::crash::until;

/// No two of these by one person in one case (财会〔2012〕21号, art. 12).
const APART: [Part; 6] =
    [Part::Registrar, Part::VisitLead, Part::Reviewer, Part::Approver, Part::Payer, Part::Confirmer];
/// Nor these.
const PAIRS: [(Part, Part); 10] = [
    (Part::Reconciler, Part::Registrar),
    (Part::Reconciler, Part::VisitLead),
    (Part::Reconciler, Part::Reviewer),
    (Part::Reconciler, Part::Payer),
    (Part::Reconciler, Part::Approver),
    (Part::VisitSecond, Part::Reviewer),
    (Part::VisitSecond, Part::Approver),
    (Part::Publisher, Part::Approver),
    (Part::Resolver, Part::Reviewer),
    (Part::AppealJudge, Part::Reviewer),
];

impl Year {
    /// One line for whoever watches.
    pub(super) async fn says(&self) -> String {
        let cases = self.cases().await;
        let paid: Fen = cases.iter().map(|case| case.paid).sum();
        format!(
            "{} asked, {} paid, {paid}, {} killed",
            cases.len(),
            count(&cases, Status::Paid),
            self.killed.get()
        )
    }

    async fn cases(&self) -> Vec<Case> {
        let all: Vec<Status> = Status::iter().collect();
        let everywhere = [Scope::Region("33".parse().unwrap())];
        store::case::waiting(&self.app.db, &everywhere, &all, 100_000).await.unwrap()
    }

    /// Says what the year was, and fails where anything is not as it must be.
    pub(super) async fn books_are_right(&self) {
        let cases = self.cases().await;
        let report = self.report(&cases).await;
        print(&report);
        self.everybody_who_asked_has_one_case(&cases);
        self.the_ledger_is_balanced(&cases).await;
        self.the_bank_paid_what_we_say_and_each_once(&cases).await;
        for case in &cases {
            self.nobody_did_what_excludes(case).await;
            self.is_explained(case).await;
        }
        for outcome in [Outcome::Diverged, Outcome::Orphan] {
            let open = reconcile::store::open(&self.app.db, outcome).await.unwrap();
            assert_eq!(open, 0, "{outcome:?}");
        }
        let verdict = audit::verify(&self.app.db, &self.app.cx.audit).await.unwrap();
        assert!(matches!(verdict, audit::Verdict::Whole { .. }), "{verdict:?}");
        assert_eq!(self.killed.get(), self.scale.kills);
    }

    fn everybody_who_asked_has_one_case(&self, cases: &[Case]) {
        let persons: BTreeSet<_> = cases.iter().map(|case| case.person_id).collect();
        let wanted: BTreeSet<_> = self.applicants.iter().map(|one| one.person).collect();
        assert_eq!((cases.len(), persons), (wanted.len(), wanted));
    }

    /// Whole, and what it says is what the rows say.
    async fn the_ledger_is_balanced(&self, cases: &[Case]) {
        let db = &self.app.db;
        assert_eq!(ledger::check(db).await.unwrap(), []);
        let sums = ledger::trial_balance(db, None).await.unwrap();
        assert_eq!(sums.iter().map(|(_, sum)| *sum).sum::<Fen>(), Fen::ZERO);
        let of = |bucket| {
            sums.iter().filter(|(account, _)| account.bucket == bucket).map(|(_, sum)| *sum).sum::<Fen>()
        };
        assert_eq!(of(Bucket::Paid), cases.iter().map(|case| case.paid).sum(), "paid");
        let bound = |status: Status| status.holds_reserve();
        let approved = |holds: &dyn Fn(Status) -> bool| -> Fen {
            cases.iter().filter(|case| holds(case.status)).filter_map(|case| case.approved).sum()
        };
        assert_eq!(of(Bucket::Reserved), approved(&bound), "reserved");
        assert_eq!(of(Bucket::Committed), approved(&|status| status == Status::InBatch), "committed");
        assert_eq!(of(Bucket::Appropriated), Fen(-2 * self.scale.budget.fen()), "given");
    }

    async fn the_bank_paid_what_we_say_and_each_once(&self, cases: &[Case]) {
        for city in &self.office.cities {
            assert_eq!(self.with_the_bank(city).await, [], "the bank has answered");
        }
        let mut paid: BTreeMap<String, Vec<Fen>> = BTreeMap::new();
        for (number, fen) in self.bank.borrow().paid() {
            paid.entry(number.to_owned()).or_default().push(Fen(fen));
        }
        assert!(paid.values().all(|each| each.len() == 1), "somebody was paid twice: {paid:?}");
        let ours: BTreeMap<String, Vec<Fen>> = cases
            .iter()
            .filter(|case| case.paid > Fen::ZERO)
            .map(|case| (case.number.clone(), vec![case.paid]))
            .collect();
        assert_eq!(paid, ours);
    }

    async fn nobody_did_what_excludes(&self, case: &Case) {
        let log = store::case::log(&self.app.db, case.id).await.unwrap();
        let mut did: BTreeMap<Part, BTreeSet<AccountId>> = BTreeMap::new();
        // What somebody presses in the platform nobody can prevent; that it counted for nothing is seen from what was decided.
        let ours = log.iter().filter(|event| !matches!(event.what, Happened::PlatformAct { .. }));
        for (part, who) in ours.flat_map(parts) {
            did.entry(part).or_default().insert(who.clone());
        }
        let none = BTreeSet::new();
        let of = |part| did.get(&part).unwrap_or(&none);
        let every =
            APART.iter().enumerate().flat_map(|(at, one)| APART[at + 1..].iter().map(|other| (*one, *other)));
        for (one, other) in every.chain(PAIRS) {
            let both: Vec<_> = of(one).intersection(of(other)).collect();
            assert!(both.is_empty(), "{}: {both:?} as {one:?} and {other:?}", case.number);
        }
        for part in did.keys().filter(|part| **part != Part::Applicant) {
            assert!(of(*part).is_disjoint(of(Part::Applicant)), "{}", case.number);
        }
    }

    /// Notices end by themselves, a while of the machine's after their last day.
    pub(super) async fn no_notice_hangs_too_long(&self) {
        let today = domain::calendar::local_date(self.app.clock.now());
        until(async || {
            for case in self.cases().await.iter().filter(|case| case.status == Status::OnNotice) {
                let notice = store::notice::of_case(&self.app.db, case.id).await.unwrap().unwrap();
                if notice.closes_on < today {
                    return false;
                }
            }
            true
        })
        .await;
    }

    /// It is over, and its log says by what; or somebody has it on his desk; or there was no money for it.
    async fn is_explained(&self, case: &Case) {
        let log = store::case::log(&self.app.db, case.id).await.unwrap();
        let steps: Vec<i32> = log.iter().map(|event| event.seq).collect();
        let gapless = (1..=i32::try_from(steps.len()).unwrap()).collect::<Vec<_>>();
        assert_eq!(steps, gapless, "{}", case.number);
        if case.status == Status::InApproval {
            let rounds = store::approval::of_case(&self.app.db, case.id).await.unwrap();
            let last = rounds.last().unwrap();
            assert!(last.state.is_open() || last.state == RoundState::Agreed, "{}", case.number);
        }
        assert!(!view::Stage::of(case.status).label().is_empty());
    }
}

pub(super) fn count(cases: &[Case], status: Status) -> usize {
    cases.iter().filter(|case| case.status == status).count()
}

#[expect(clippy::print_stdout, reason = "what the year was is what it is run for")]
fn print(report: &str) {
    println!("{report}");
}
