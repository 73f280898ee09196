use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    account::{
        TextSize,
        commands::{
            Link, LinkError, LinkRefusal, end_link, end_mandate, give_mandate, link_own, set_text_size,
        },
        mandate::Matter,
        news::{Effect, News, Profile, joined_in, left_in},
        store,
    },
    authority::{Capacity, Myself},
    session,
};
use sea_orm::DatabaseConnection;

use crate::cast::{audited, context, joined, login, now, registered, someone, terms, unit, worker, write};

fn refusal<T: std::fmt::Debug>(result: Result<T, LinkError>) -> LinkRefusal {
    match result {
        Err(LinkError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}

fn news(key: &str, happened_at: DateTime<Utc>) -> News {
    News { key: key.to_owned(), account: login("wang"), happened_at }
}

async fn join(db: &DatabaseConnection, news: &News) -> Effect {
    let tx = write(db).await;
    let profile = Profile { name: "王秀英".to_owned(), unionid: Some("u1".to_owned()) };
    let effect = joined_in(&tx, &context(), news, &profile, now()).await.unwrap();
    tx.commit().await.unwrap();
    effect
}

async fn leave(db: &DatabaseConnection, news: &News) -> Effect {
    let tx = write(db).await;
    let effect = left_in(&tx, &context(), news, now()).await.unwrap();
    tx.commit().await.unwrap();
    effect
}

schema::both! {
    async fn a_login_joins_once_and_is_welcomed_once(db) {
        let first = news("e1", now());
        assert_eq!(join(db, &first).await, Effect::Changed);
        assert_eq!(join(db, &first).await, Effect::Repeated);
        assert_eq!(audited(db).await, 1, "a duplicate writes no second audit row");
        assert_eq!(mailbox::outbox::depth(db).await.unwrap().waiting, 1);
        let letter = mailbox::outbox::find(db, "account.welcome/wang").await.unwrap().unwrap();
        let read: domain::letters::Letter = serde_json::from_value(letter.payload).unwrap();
        assert_eq!(read.kind(), "account.welcome");
        let account = store::find(db, &login("wang")).await.unwrap().unwrap();
        assert!(account.active);
        assert!(!format!("{account:?}").contains("王"));
    }

    async fn leaving_ends_every_session_and_joining_again_brings_the_login_back(db) {
        let cx = context();
        let wang = joined(db, "wang").await;
        let opened = session::open(db, &cx, &wang, None, now()).await.unwrap();
        let left = news("e2", now());
        let before = audited(db).await;
        assert_eq!(leave(db, &left).await, Effect::Changed);
        assert_eq!(audited(db).await, before + 1);
        assert!(session::store::find_by_token(db, &opened.token, now()).await.unwrap().is_none());
        assert!(session::open(db, &cx, &wang, None, now()).await.is_err());
        assert_eq!(leave(db, &left).await, Effect::Repeated);
        assert_eq!(audited(db).await, before + 1);

        assert_eq!(join(db, &news("e3", now() + TimeDelta::days(1))).await, Effect::Changed);
        let account = store::find(db, &wang).await.unwrap().unwrap();
        assert!(account.active && account.left_at.is_none());
        assert!(
            session::store::find_by_token(db, &opened.token, now()).await.unwrap().is_none(),
            "an old session stays dead"
        );
    }

    async fn news_in_any_order_and_twice_end_in_the_same_state(db) {
        // (joined?, minutes): the newest news wins, and at the same instant leaving does.
        let told = [(true, 0), (false, 10), (true, 20), (false, 20)];
        let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [2, 3, 0, 1], [1, 3, 2, 0], [3, 0, 2, 1], [2, 0, 3, 1]];
        for (round, order) in orders.into_iter().enumerate() {
            for repeat in 0..2 {
                for index in order {
                    let (joining, minutes) = told[index];
                    let mut news = news(&format!("{round}/{index}"), now() + TimeDelta::minutes(minutes));
                    news.account = login(&format!("wang{round}"));
                    let effect = if joining { join(db, &news).await } else { leave(db, &news).await };
                    assert_eq!(effect == Effect::Repeated, repeat == 1);
                }
            }
            let account = store::find(db, &login(&format!("wang{round}"))).await.unwrap().unwrap();
            let state = (account.active, account.status_at, account.left_at);
            let end = now() + TimeDelta::minutes(20);
            assert_eq!(state, (false, end, Some(end)), "order {order:?}");
        }
    }

    async fn a_login_reads_as_large_as_it_likes(db) {
        let wang = joined(db, "wang").await;
        assert!(set_text_size(db, &wang, TextSize::ExtraLarge).await.unwrap());
        assert_eq!(store::find(db, &wang).await.unwrap().unwrap().text_size, TextSize::ExtraLarge);
        assert!(!set_text_size(db, &login("nobody"), TextSize::Large).await.unwrap());
    }

    async fn a_login_is_one_person_and_a_person_has_one_login(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let wang = registered(db, someone(unit.id, "王秀英")).await;
        let li = registered(db, someone(unit.id, "李建国")).await;
        let (first, second) = (joined(db, "a1").await, joined(db, "a2").await);
        let link = |account, person| Link { account, person, proof: "identity_seen" };
        let made = link_own(db, &cx, &worker, &link(&first, wang.id), now()).await.unwrap();
        let taken = link_own(db, &cx, &worker, &link(&first, li.id), now()).await;
        assert_eq!(refusal(taken), LinkRefusal::AccountTaken);
        let taken = link_own(db, &cx, &worker, &link(&second, wang.id), now()).await;
        assert_eq!(refusal(taken), LinkRefusal::PersonTaken);
        let myself = Myself::of(db, &first, now()).await.unwrap().unwrap();
        assert_eq!((myself.person(), myself.capacity()), (wang.id, Capacity::Own));
        assert!(Myself::of(db, &second, now()).await.unwrap().is_none());

        let later = now() + TimeDelta::minutes(1);
        end_link(db, &cx, &worker, made.id, later).await.unwrap();
        assert!(Myself::of(db, &first, later).await.unwrap().is_none());
        assert!(link_own(db, &cx, &worker, &link(&second, wang.id), later).await.is_ok());
    }

    async fn a_mandate_acts_for_somebody_until_it_ends(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let wang = registered(db, someone(unit.id, "王秀英")).await;
        let daughter = joined(db, "daughter").await;
        let given = Link { account: &daughter, person: wang.id, proof: "witnessed" };
        let until = now() + TimeDelta::days(90);
        let far = now() + TimeDelta::days(400);
        for wrong in [now(), far] {
            let refused = give_mandate(db, &cx, &worker, (&given, &terms(wrong)), now()).await;
            assert_eq!(refusal(refused), LinkRefusal::Period);
        }
        let link = give_mandate(db, &cx, &worker, (&given, &terms(until)), now()).await.unwrap();
        let again = give_mandate(db, &cx, &worker, (&given, &terms(until)), now()).await;
        assert_eq!(refusal(again), LinkRefusal::Exists);

        let acting = Myself::acting_for(db, &daughter, (wang.id, Matter::Aid), now()).await.unwrap().unwrap();
        assert_eq!((acting.person(), acting.capacity()), (wang.id, Capacity::For(link.id)));
        assert_eq!(acting.role_code(), "proxy");
        assert!(Myself::of(db, &daughter, now()).await.unwrap().is_none(), "she is not the person");
        assert!(Myself::acting_for(db, &daughter, (wang.id, Matter::Aid), until).await.unwrap().is_none(), "it ends by itself");

        let later = now() + TimeDelta::seconds(1);
        end_mandate(db, &cx, &acting, link.id, later).await.unwrap();
        assert!(Myself::acting_for(db, &daughter, (wang.id, Matter::Aid), later).await.unwrap().is_none(), "at once");
        assert!(store::proxies_of(db, wang.id, later).await.unwrap().is_empty());
    }

    async fn a_worker_links_only_whom_the_role_reaches(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let neighbour = worker(db, "w2", "330105").await;
        let wang = registered(db, someone(unit.id, "王秀英")).await;
        let account = joined(db, "a1").await;
        let link = Link { account: &account, person: wang.id, proof: "identity_seen" };
        let refused = link_own(db, &cx, &neighbour, &link, now()).await;
        assert!(matches!(refused, Err(LinkError::NotFound)));
    }

    async fn a_login_that_left_is_nobody(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let wang = registered(db, someone(unit.id, "王秀英")).await;
        let account = joined(db, "wang").await;
        let link = Link { account: &account, person: wang.id, proof: "identity_seen" };
        link_own(db, &cx, &worker, &link, now()).await.unwrap();
        leave(db, &news("e9", now())).await;
        assert!(Myself::of(db, &account, now()).await.unwrap().is_none());
        assert!(store::of_person(db, wang.id).await.unwrap().is_none());
    }
}
