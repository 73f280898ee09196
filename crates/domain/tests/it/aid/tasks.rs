use domain::{
    aid::{
        AidError, Refusal,
        deciding::{
            ApproverTask, TaskOutcome, TaskState, Wish,
            commands::{SeenTask, decide, keep_in, not_taken, remark, taken},
            store,
        },
        separation::{Part, Rule},
        store as aid,
    },
    authority::{Grants, Role},
};
use sea_orm::DatabaseConnection;
use secrecy::ExposeSecret;

use super::office::{Office, at, monday, refusal};
use crate::cast::{login, write};

fn asked(task: i64, who: &str) -> SeenTask {
    SeenTask { task, holder: login(who), asks: true, since: monday(), over: None }
}

/// What the platform lists is brought up to date.
async fn kept(db: &DatabaseConnection, instance: &str, seen: &[SeenTask]) {
    let round = aid::approval::by_instance(db, instance).await.unwrap().unwrap();
    let tx = write(db).await;
    keep_in(&tx, &round, (seen, true), monday()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn of(db: &DatabaseConnection, instance: &str, who: &str) -> ApproverTask {
    let all = store::of_instance(db, instance).await.unwrap();
    all.into_iter().find(|task| task.holder == login(who)).unwrap()
}

schema::both! {
    async fn a_task_is_decided_by_its_holder_once_and_can_be_pressed_again_when_it_was_not_taken(db) {
        let office = Office::open(db).await;
        let (_, instance) = office.in_approval("wang", monday()).await;
        kept(db, &instance, &[asked(7, "approver")]).await;
        kept(db, &instance, &[asked(7, "approver")]).await;
        assert_eq!(office.letters("approval.card").await, 1, "once, however often it is listed");
        let task = of(db, &instance, "approver").await;
        let grants = Grants::of(db, &login("approver"), monday()).await.unwrap();
        let press = async |wish, words, now| decide(db, &office.cx, &grants, (task.id, wish, words), now).await;
        let first = press(Wish::Agree, "情况属实", monday()).await.unwrap();
        let second = press(Wish::Refuse, "", at(21, 10)).await.unwrap();
        assert_eq!((first.state, second.wish), (TaskState::Deciding, Some(Wish::Agree)));
        assert_eq!(office.letters("approval.decide").await, 1);
        let words = remark(&office.cx, &first).unwrap().unwrap();
        assert_eq!(words.expose_secret(), "情况属实");

        not_taken(db, task.id, "aflowProcessInstCanNotBeExecuted").await.unwrap();
        let open = of(db, &instance, "approver").await;
        assert_eq!((open.state, open.wish, open.remark.is_some()), (TaskState::Open, None, false));
        press(Wish::Refuse, "", at(21, 11)).await.unwrap();
        assert_eq!(office.letters("approval.decide").await, 2);
        taken(db, task.id).await.unwrap();
        not_taken(db, task.id, "late").await.unwrap();
        assert_eq!(of(db, &instance, "approver").await.state, TaskState::Sent);

        let over = Some((TaskOutcome::Refused, Some(login("approver")), at(21, 12)));
        kept(db, &instance, &[SeenTask { asks: false, over, ..asked(7, "approver") }]).await;
        let row = of(db, &instance, "approver").await;
        assert_eq!((row.state, row.outcome, row.over_at), (TaskState::Over, Some(TaskOutcome::Refused), Some(at(21, 12))));
        assert_eq!(office.letters("approval.card_over").await, 1);
        assert_eq!(press(Wish::Agree, "", at(21, 13)).await.unwrap().state, TaskState::Over);
        office.closes().await;
    }

    async fn nobody_decides_who_would_not_count(db) {
        let office = Office::open(db).await;
        let (_, instance) = office.in_approval("wang", monday()).await;
        office.grant(&login("lead"), Role::Approver).await;
        kept(db, &instance, &[asked(7, "approver"), asked(8, "lead"), asked(9, "registrar")]).await;
        let press = async |task: &ApproverTask, who: &str| {
            let grants = Grants::of(db, &login(who), monday()).await.unwrap();
            decide(db, &office.cx, &grants, (task.id, Wish::Agree, ""), monday()).await
        };
        let [his, leads, registrars] =
            [of(db, &instance, "approver").await, of(db, &instance, "lead").await, of(db, &instance, "registrar").await];
        assert!(matches!(press(&his, "lead").await, Err(AidError::NotFound)), "another's");
        let rule = Rule { did: Part::VisitLead, wants: Part::Approver };
        assert_eq!(refusal(press(&leads, "lead").await), Refusal::Separation(rule));
        assert!(matches!(press(&registrars, "registrar").await, Err(AidError::NotFound)), "no approver");
        assert_eq!(office.letters("approval.decide").await, 0);
        office.closes().await;
    }
}
