use domain::aid::{
    Happened, Refusal, RoundState, Status,
    commands::{
        approval::{Sending, approval_created, approval_sending, submit_for_approval},
        withdraw::withdraw,
    },
    progress::for_approver,
    store,
};
use ledger::Fen;

use super::office::{Office, at, monday, refusal};

schema::both! {
    async fn a_round_is_created_exactly_once_whatever_crashes(db) {
        let office = Office::open(db).await;
        let case = office.visited("wang", monday()).await;
        let reviewer = office.worker("reviewer").await;
        let round = submit_for_approval(db, &office.cx, &reviewer, case.id, monday()).await.unwrap();
        assert_eq!(office.letters("approval.create").await, 1);
        let twice = submit_for_approval(db, &office.cx, &reviewer, case.id, monday()).await;
        assert!(matches!(refusal(twice), Refusal::NotNow { status: Status::InApproval, .. }));

        let form = for_approver(db, (case.id, 1)).await.unwrap().unwrap();
        assert_eq!((form.number, form.round, form.amount), (case.number, 1, Fen::yuan(3000)));

        let which = (case.id, round.round);
        assert_eq!(approval_sending(db, which, at(21, 10)).await.unwrap(), Sending::Create);
        // The sender died here. The next one is told to look before it creates, and from when on.
        let search = Sending::Search { since: at(21, 10) };
        assert_eq!(approval_sending(db, which, at(21, 11)).await.unwrap(), search);
        assert_eq!(approval_sending(db, which, at(21, 12)).await.unwrap(), search);
        approval_created(db, &office.cx, which, "found", at(21, 12)).await.unwrap();
        approval_created(db, &office.cx, which, "found", at(21, 13)).await.unwrap();
        let other = approval_created(db, &office.cx, which, "another", at(21, 13)).await;
        assert_eq!(refusal(other), Refusal::NoSuchRound);
        assert_eq!(approval_sending(db, which, at(21, 14)).await.unwrap(), Sending::Nothing);
        let created = |what: &&Happened| matches!(what, Happened::ApprovalCreated { .. });
        assert_eq!(office.log(case.id).await.iter().filter(created).count(), 1);
        office.closes().await;
    }

    async fn what_waits_too_long_is_asked_about(db) {
        let office = Office::open(db).await;
        let (case, _) = office.in_approval("wang", monday()).await;
        assert!(store::approval::to_check(db, monday(), 10).await.unwrap().is_empty());
        let waiting = store::approval::to_check(db, at(21, 10), 10).await.unwrap();
        assert!(matches!(waiting.as_slice(), [round] if round.case_id == case));
    }

    async fn a_withdrawal_before_the_round_is_sent_takes_the_letter_back(db) {
        let office = Office::open(db).await;
        let case = office.visited("wang", monday()).await;
        let reviewer = office.worker("reviewer").await;
        submit_for_approval(db, &office.cx, &reviewer, case.id, monday()).await.unwrap();
        withdraw(db, &office.cx, &office.myself("wang").await, case.id, monday()).await.unwrap();
        assert_eq!(office.letters("approval.create").await, 0);
        assert_eq!(office.letters("approval.terminate").await, 0);
        assert_eq!(approval_sending(db, (case.id, 1), at(21, 10)).await.unwrap(), Sending::Nothing);
    }

    async fn a_withdrawal_after_it_is_created_asks_the_platform(db) {
        let office = Office::open(db).await;
        let (case, _) = office.in_approval("wang", monday()).await;
        withdraw(db, &office.cx, &office.myself("wang").await, case, monday()).await.unwrap();
        assert_eq!(office.letters("approval.terminate").await, 1);
        office.closes().await;
    }

    async fn a_withdrawal_while_it_is_being_created_asks_as_soon_as_it_is_there(db) {
        let office = Office::open(db).await;
        let case = office.visited("wang", monday()).await;
        let reviewer = office.worker("reviewer").await;
        submit_for_approval(db, &office.cx, &reviewer, case.id, monday()).await.unwrap();
        approval_sending(db, (case.id, 1), monday()).await.unwrap();
        withdraw(db, &office.cx, &office.myself("wang").await, case.id, monday()).await.unwrap();
        assert_eq!(office.letters("approval.terminate").await, 0);
        approval_created(db, &office.cx, (case.id, 1), "late", at(21, 10)).await.unwrap();
        assert_eq!(office.letters("approval.terminate").await, 1);
        assert_eq!(office.status(case.id).await, Status::Withdrawn);
        let rounds = store::approval::of_case(db, case.id).await.unwrap();
        assert_eq!(rounds[0].state, RoundState::Withdrawn);
        office.closes().await;
    }
}
