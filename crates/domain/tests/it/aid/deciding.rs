use domain::{
    aid::{
        AidError, Decision, Happened, Refusal, RoundState, Status, Void,
        commands::{
            approval::submit_for_approval,
            decide::{Became, Verdict, approval_decided_in, reserve_again},
            withdraw::withdraw,
        },
        separation::{Part, Rule},
        store,
    },
    authority::Role,
};
use ledger::Fen;

use super::office::{Office, at, in_need, monday, refusal};
use crate::cast::{login, registered, write};

schema::both! {
    async fn an_agreement_reserves_the_money_and_tells_without_an_amount(db) {
        let office = Office::open(db).await;
        let case = office.approved("wang", monday()).await;
        assert_eq!(office.pot().await, [7000, 3000, 0, 0]);
        let row = office.case(case).await;
        assert_eq!((row.approved, row.budget_year), (Some(Fen::yuan(3000)), Some(2026)));
        assert_eq!(office.told("aid.approved").await, ["wang"]);
        let letter = mailbox::outbox::find(db, &format!("aid.approved/{case}/wang")).await.unwrap().unwrap();
        assert!(!letter.payload.to_string().contains("3000"), "{}", letter.payload);
        office.closes().await;
    }

    async fn a_refusal_ends_the_case_and_binds_nothing(db) {
        let office = Office::open(db).await;
        let (case, instance) = office.in_approval("wang", monday()).await;
        let became = office.decides("approver", Decision::Refuse, &instance, monday()).await.unwrap();
        assert_eq!(became, Became::Now(Status::Refused));
        assert_eq!(office.pot().await, [10_000, 0, 0, 0]);
        assert_eq!(office.told("aid.refused").await, ["wang"]);
        assert_eq!(office.status(case).await, Status::Refused);
        office.submitted("wang", at(22, 9)).await;
        office.closes().await;
    }

    async fn a_round_that_was_taken_back_is_followed_by_another(db) {
        let office = Office::open(db).await;
        let (case, first) = office.in_approval("wang", monday()).await;
        let became = office.decides("reviewer", Decision::Withdrawn, &first, monday()).await.unwrap();
        assert_eq!(became, Became::Now(Status::Visited), "terminated is no refusal");
        let second = office.asked(case, at(22, 9)).await;
        assert_ne!(first, second);
        // Round one is heard of again; only round two counts.
        assert_eq!(office.decides("approver", Decision::Agree, &first, at(22, 10)).await.unwrap(), Became::Nothing);
        office.decides("approver", Decision::Agree, &second, at(22, 10)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Approved);
        assert_eq!(office.pot().await, [7000, 3000, 0, 0]);
        office.closes().await;
    }

    async fn verdicts_that_come_twice_late_and_in_any_order_end_the_same(db) {
        let office = Office::open(db).await;
        let unknown = office.decides("approver", Decision::Agree, "not-yet-adopted", monday()).await;
        assert!(matches!(unknown, Err(AidError::NotYetKnown)));
        let (case, instance) = office.in_approval("wang", monday()).await;
        let agree = || office.decides("approver", Decision::Agree, &instance, monday());
        let (one, two, three) = tokio::join!(agree(), agree(), agree());
        let became = [one.unwrap(), two.unwrap(), three.unwrap()];
        assert_eq!(became.iter().filter(|became| **became != Became::Nothing).count(), 1, "{became:?}");
        // The poll says the same an hour later, and somebody claims the opposite.
        assert_eq!(office.decides("approver", Decision::Agree, &instance, at(21, 10)).await.unwrap(), Became::Nothing);
        let log = office.log(case).await;
        assert_eq!(office.decides("approver", Decision::Refuse, &instance, at(21, 10)).await.unwrap(), Became::Nothing);
        assert_eq!(office.log(case).await, log);
        assert_eq!(office.status(case).await, Status::Approved);
        assert_eq!(office.pot().await, [7000, 3000, 0, 0]);
        assert_eq!(office.told("aid.approved").await.len(), 1);
        office.closes().await;
    }

    async fn an_agreement_that_crosses_a_withdrawal_binds_nothing(db) {
        let office = Office::open(db).await;
        let (case, instance) = office.in_approval("wang", monday()).await;
        withdraw(db, &office.cx, &office.myself("wang").await, case, monday()).await.unwrap();
        for _ in 0..2 {
            let became = office.decides("approver", Decision::Agree, &instance, at(21, 10)).await.unwrap();
            assert_eq!(became, Became::Nothing);
        }
        // And then the platform ends it, as it was asked to.
        office.decides("reviewer", Decision::Withdrawn, &instance, at(21, 11)).await.unwrap();
        let late = |what: &&Happened| matches!(what, Happened::DecisionTooLate { .. });
        assert_eq!(office.log(case).await.iter().filter(late).count(), 1);
        assert_eq!(office.status(case).await, Status::Withdrawn);
        assert_eq!(office.pot().await, [10_000, 0, 0, 0]);
        office.closes().await;
    }

    async fn when_the_budget_is_short_the_case_waits_and_is_seen(db) {
        let office = Office::with_budget(db, 2000).await;
        let (case, instance) = office.in_approval("wang", monday()).await;
        let became = office.decides("approver", Decision::Agree, &instance, monday()).await.unwrap();
        assert_eq!(became, Became::Now(Status::InApproval));
        office.decides("approver", Decision::Agree, &instance, monday()).await.unwrap();
        let short = |what: &&Happened| matches!(what, Happened::BudgetShort { .. });
        assert_eq!(office.log(case).await.iter().filter(short).count(), 1);
        assert!(office.told("aid.approved").await.is_empty());
        let grants = domain::authority::Grants::of(db, &login("registrar"), monday()).await.unwrap();
        let open = domain::aid::task::open(db, &grants).await.unwrap();
        assert!(matches!(open.as_slice(), [one] if one.work == domain::aid::task::Work::Budget && one.count == 1));

        let worker = office.worker("registrar").await;
        let again = reserve_again(db, &office.cx, &worker, case, at(22, 9)).await;
        let short = Refusal::BudgetShort { available: Fen::yuan(2000), missing: Fen::yuan(1000) };
        assert_eq!(refusal(again), short);
        office.appropriate(1000).await;
        reserve_again(db, &office.cx, &worker, case, at(23, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Approved);
        assert_eq!(office.pot().await, [0, 3000, 0, 0]);
        assert_eq!(office.told("aid.approved").await, ["wang"]);
        let log = store::case::log(db, case).await.unwrap();
        assert_eq!(log.last().unwrap().actor, Some(login("approver")), "the decision is still the approver's");
        office.closes().await;
    }

    async fn two_agreements_against_a_budget_for_one(db) {
        let office = Office::with_budget(db, 5000).await;
        let li = registered(db, in_need(office.wang.unit_id, "李建国")).await;
        office.link("li", li.id).await;
        let (_, first) = office.in_approval("wang", monday()).await;
        let (_, second) = office.in_approval("li", monday()).await;
        let (one, other) = tokio::join!(
            office.decides("approver", Decision::Agree, &first, monday()),
            office.decides("approver", Decision::Agree, &second, monday()),
        );
        let mut became = [one.unwrap(), other.unwrap()];
        became.sort_by_key(|became| *became == Became::Now(Status::InApproval));
        assert_eq!(became, [Became::Now(Status::Approved), Became::Now(Status::InApproval)]);
        assert_eq!(office.pot().await, [2000, 3000, 0, 0]);
        office.closes().await;
    }

    async fn a_decision_of_somebody_who_may_not_counts_for_nothing(db) {
        let office = Office::open(db).await;
        let (case, instance) = office.in_approval("wang", monday()).await;
        office.decides("publisher", Decision::Agree, &instance, monday()).await.unwrap();
        assert_eq!(office.status(case).await, Status::Visited);
        let not = Happened::DecisionVoid { round: 1, why: Void::NotAnApprover };
        assert_eq!(office.log(case).await.last(), Some(&not));

        // The visitor became an approver in between. In this case he stays a visitor.
        office.grant(&login("lead"), Role::Approver).await;
        let second = office.asked(case, at(22, 9)).await;
        office.decides("lead", Decision::Agree, &second, at(22, 10)).await.unwrap();
        let rule = Rule { did: Part::VisitLead, wants: Part::Approver };
        let not = Happened::DecisionVoid { round: 2, why: Void::Separation(rule) };
        assert_eq!(office.log(case).await.last(), Some(&not));
        let rounds = store::approval::of_case(db, case).await.unwrap();
        assert!(rounds.iter().all(|round| round.state == RoundState::Void));

        let third = office.asked(case, at(23, 9)).await;
        let nobody = Verdict { instance: third, decision: Decision::Agree, by: None, at: at(23, 10) };
        let tx = write(db).await;
        let became = approval_decided_in(&tx, &office.cx, &nobody, at(23, 10)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(became, Became::Now(Status::Visited));
        assert_eq!(office.pot().await, [10_000, 0, 0, 0]);
        office.closes().await;
    }

    async fn a_category_helps_a_person_once_a_year(db) {
        let office = Office::open(db).await;
        let paid = office.ready("wang", monday()).await;
        let (_, payments) = office.sent(at(45, 9)).await;
        office.bank(&payments[0], domain::aid::payment::BankResult::Paid, at(46, 9)).await;
        let number = office.case(paid).await.number;
        let again = office.visited("wang", at(50, 9)).await;
        let reviewer = office.worker("reviewer").await;
        let refused = submit_for_approval(db, &office.cx, &reviewer, again.id, at(50, 10)).await;
        assert_eq!(refusal(refused), Refusal::HelpedThisYear { number });
    }
}
