//! What holds after every step.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    aid::{
        Case, Category, Happened, Status,
        separation::{Part, parts},
        store,
    },
    ids::{AccountId, CaseId},
};
use ledger::{Bucket, Fen};
use sea_orm::{ConnectionTrait, QueryResult, Statement};

use super::{CATEGORIES, Walk};
use crate::cast::texts;

/// No two of these by one person in one case (财会〔2012〕21号, art. 12). Not the table of the code: what it is written from.
const APART: [Part; 6] =
    [Part::Registrar, Part::VisitLead, Part::Reviewer, Part::Approver, Part::Payer, Part::Confirmer];
/// Nor these.
const PAIRS: [(Part, Part); 22] = [
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
    (Part::AppealJudge, Part::Approver),
    (Part::Claimer, Part::ClaimJudge),
    (Part::ClaimJudge, Part::Collector),
    (Part::LossProposer, Part::LossJudge),
    (Part::Claimer, Part::LossJudge),
    (Part::LossProposer, Part::Payer),
    (Part::LossProposer, Part::Confirmer),
    (Part::LossProposer, Part::Reconciler),
    (Part::LossJudge, Part::Payer),
    (Part::LossJudge, Part::Confirmer),
    (Part::LossJudge, Part::Reconciler),
    (Part::LossJudge, Part::Collector),
];

impl Walk<'_> {
    /// Of one case, and of the books as a whole.
    pub(super) async fn holds(&self, case: Option<CaseId>, when: &str) {
        if let Some(case) = case {
            let case = self.case(case).await;
            self.seen.borrow_mut().insert(case.status);
            if case.status == Status::Paid && !self.paid.borrow().contains(&case.id) {
                self.paid.borrow_mut().push(case.id);
            }
            self.holds_of(&case, when).await;
        }
        self.books_are_what_the_rows_say(when).await;
    }

    /// Nobody did what excludes what he did before, and nothing goes on after a death.
    pub(super) async fn holds_of(&self, case: &Case, when: &str) {
        let log = store::case::log(self.office.db, case.id).await.unwrap();
        assert!(log.iter().zip(1..).all(|(event, seq)| event.seq == seq), "{when}: a gap");
        let mut did: BTreeMap<Part, BTreeSet<&AccountId>> = BTreeMap::new();
        for (part, who) in log.iter().flat_map(parts) {
            did.entry(part).or_default().insert(who);
        }
        let none = BTreeSet::new();
        let of = |part| did.get(&part).unwrap_or(&none);
        let every =
            APART.iter().enumerate().flat_map(|(at, one)| APART[at + 1..].iter().map(|other| (*one, *other)));
        for (one, other) in every.chain(PAIRS) {
            assert!(of(one).is_disjoint(of(other)), "{when}: one was {one:?} and {other:?}");
        }
        if let Some(died) = self.dead.borrow().get(&case.person_id) {
            for event in log.iter().filter(|event| event.at > *died) {
                let goes_on = matches!(
                    event.what,
                    Happened::Approved { .. }
                        | Happened::NoticePublished { .. }
                        | Happened::PutInBatch { .. }
                        | Happened::BatchConfirmed { .. }
                        | Happened::BatchSent { .. }
                );
                assert!(!goes_on, "{when}: {:?} after a death", event.what);
            }
        }
    }

    /// What the rows say: of each category and status, what was approved and what was paid.
    async fn sums(&self) -> Vec<(Category, Status, Fen, Fen)> {
        let sql = "SELECT category, status, CAST(COALESCE(SUM(approved), 0) AS BIGINT), CAST(SUM(paid) AS BIGINT) \
                   FROM aid_case GROUP BY category, status";
        let db = self.office.db;
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        let row = |row: &QueryResult| {
            let sum = |at| Fen(row.try_get_by_index(at).unwrap());
            (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap(), sum(2), sum(3))
        };
        rows.iter().map(row).collect()
    }

    async fn books_are_what_the_rows_say(&self, when: &str) {
        let sums = self.sums().await;
        let balances = ledger::balances(self.office.db, 2026).await.unwrap();
        let mut given = Fen::ZERO;
        for (pot, balance) in &balances {
            // What went ahead has gone.
            let bound = |so: &dyn Fn(Status) -> bool| -> Fen {
                let ours = sums.iter().filter(|(category, ..)| category.code() == pot.category);
                let rest = |(_, _, approved, paid): &(Category, Status, Fen, Fen)| {
                    approved.checked_sub(*paid).unwrap()
                };
                ours.filter(|(_, status, ..)| so(*status)).map(rest).sum()
            };
            let reserved = bound(&|status| status.holds_reserve());
            let committed = bound(&|status| status.in_batch());
            assert_eq!((balance.reserved, balance.committed), (reserved, committed), "{when}: {pot:?}");
            assert!(balance.available >= Fen::ZERO, "{when}: {pot:?}");
            given = given.checked_add(balance.appropriated()).unwrap();
        }
        // What is written off is what the claims say, and was paid all the same.
        let lost: Fen = balances.iter().map(|(_, balance)| balance.written_off).sum();
        let sql = "SELECT CAST(COALESCE(SUM(written_off), 0) AS BIGINT) FROM aid_clawback";
        let db = self.office.db;
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        assert_eq!(lost, Fen(row.unwrap().try_get_by_index(0).unwrap()), "{when}");
        let paid: Fen = balances.iter().flat_map(|(_, balance)| [balance.paid, balance.written_off]).sum();
        let of_cases: Fen = sums.iter().map(|(.., paid)| *paid).sum();
        let came_back = self.back.get();
        assert_eq!((paid, given), (of_cases.checked_sub(came_back).unwrap(), self.given.get()), "{when}");
        // A kind of help once a year.
        let twice = "SELECT MAX(number) FROM aid_case WHERE paid > 0 GROUP BY person_id, category HAVING COUNT(*) > 1";
        let twice = texts(self.office.db, twice).await;
        assert!(twice.is_empty(), "{when}: paid twice: {twice:?}");
    }

    /// The ledger by itself: whole, and its sum is nothing.
    pub(super) async fn is_balanced(&self) {
        let db = self.office.db;
        assert_eq!(ledger::check(db).await.unwrap(), []);
        let sums = ledger::trial_balance(db, None).await.unwrap();
        assert_eq!(sums.iter().map(|(_, sum)| *sum).sum::<Fen>(), Fen::ZERO);
        assert!(sums.iter().any(|(account, _)| account.bucket == Bucket::Appropriated));
        let open = ledger::balances(db, 2026).await.unwrap().len();
        assert_eq!(open, CATEGORIES.len());
    }
}
