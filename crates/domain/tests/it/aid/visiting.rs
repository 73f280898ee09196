use domain::aid::{
    Refusal, Status,
    commands::{
        accept::accept,
        visit::{record_visit, record_visit_of},
    },
};
use ledger::Fen;

use super::office::{Office, at, monday, refusal};
use crate::cast::date;

schema::both! {
    async fn a_visit_has_two_visitors_a_possible_day_and_an_amount_of_the_rule(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await;
        accept(db, &office.cx, &office.worker("registrar").await, case.id, monday()).await.unwrap();
        let lead = office.worker("lead").await;
        let today = date(2026, 9, 22);
        let now = at(22, 15);
        let record = async |visit| refusal(record_visit(db, &office.cx, &lead, (case.id, visit), now).await);

        assert_eq!(record(Office::visit("lead", "lead", today, 3000)).await, Refusal::OneVisitor);
        assert_eq!(record(Office::visit("second", "reviewer", today, 3000)).await, Refusal::RecorderNotThere);
        assert_eq!(record(Office::visit("lead", "approver", today, 3000)).await, Refusal::NotAVisitor);
        assert_eq!(record(Office::visit("lead", "second", date(2026, 9, 23), 3000)).await, Refusal::VisitDate);
        assert_eq!(record(Office::visit("lead", "second", date(2026, 9, 20), 3000)).await, Refusal::VisitDate);
        let range = Refusal::Amount { least: Fen::yuan(1000), most: Fen::yuan(5000) };
        assert_eq!(record(Office::visit("lead", "second", today, 5001)).await, range);
        let mut silent = Office::visit("lead", "second", today, 3000);
        silent.findings = " ".to_owned();
        assert_eq!(record(silent).await, Refusal::Findings);
        assert_eq!(office.status(case.id).await, Status::Accepted, "nothing was written");

        let visit = Office::visit("lead", "second", today, 5000);
        record_visit(db, &office.cx, &lead, (case.id, visit), now).await.unwrap();
        let again = Office::visit("second", "lead", today, 2000);
        let visited = record_visit(db, &office.cx, &lead, (case.id, again), now).await.unwrap();
        assert_eq!((visited.status, visited.proposed), (Status::Visited, Some(Fen::yuan(2000))));
        let again = Office::visit("lead", "second", today, 3000);
        for _ in 0..2 {
            record_visit(db, &office.cx, &lead, (case.id, again.clone()), now).await.unwrap();
        }
        let visits = domain::aid::store::case::visits(db, case.id).await.unwrap();
        assert_eq!(visits.len(), 3, "a form that is sent twice is one visit");
        office.closes().await;
    }

    async fn a_visit_from_a_place_without_a_network_comes_once_and_overwrites_nothing(db) {
        let office = Office::open(db).await;
        let (cx, lead) = (&office.cx, office.worker("lead").await);
        let case = office.submitted("wang", monday()).await;
        let taken = accept(db, cx, &office.worker("registrar").await, case.id, monday()).await.unwrap();
        let today = date(2026, 9, 22);
        let mine = Office::visit("lead", "second", today, 3000);
        // Somebody else was there meanwhile.
        let theirs = Office::visit("reviewer", "second", today, 2000);
        let reviewer = office.worker("reviewer").await;
        let moved = record_visit(db, cx, &reviewer, (case.id, theirs), at(22, 10)).await.unwrap();
        let sent = async |version: i64| record_visit_of(db, cx, &lead, (case.id, mine.clone(), Some(version)), at(24, 9)).await;
        assert_eq!(refusal(sent(taken.version).await), Refusal::Stale);
        assert_eq!(office.case(case.id).await.proposed, Some(Fen::yuan(2000)), "nothing was written");
        // Whoever has seen that sends it as one more.
        let kept = sent(moved.version).await.unwrap();
        assert_eq!(kept.proposed, Some(Fen::yuan(3000)));
        for version in [taken.version, moved.version, kept.version] {
            assert_eq!(sent(version).await.unwrap().version, kept.version, "what has come has come");
        }
        assert_eq!(domain::aid::store::case::visits(db, case.id).await.unwrap().len(), 2);
        office.closes().await;
    }

    async fn a_case_is_accepted_once(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await;
        let registrar = office.worker("registrar").await;
        let accepted = accept(db, &office.cx, &registrar, case.id, monday()).await.unwrap();
        assert_eq!(accepted.worker.as_ref(), Some(registrar.account()));
        let again = accept(db, &office.cx, &office.worker("second").await, case.id, monday()).await;
        assert!(matches!(refusal(again), Refusal::NotNow { status: Status::Accepted, .. }));
        assert_eq!(office.told("aid.accepted").await, ["wang"]);
    }
}
