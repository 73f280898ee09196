//! Visits.

use chrono::TimeDelta;
use domain::{
    account::commands::{Link, link_own},
    authority::Myself,
    outreach::{
        EntryState, Outcome, OutreachError, Refusal,
        commands::{
            receipt::{received, signed},
            remind::remind,
            request::{answer, read},
            share::share,
            visit::{NewVisit, record_visit},
        },
        store,
    },
    person::death::record_death,
};
use ledger::Fen;
use sea_orm::DbBackend;
use secrecy::ExposeSecret;

use super::scene::{COUNTY, Scene, born, later, refused, there};
use crate::cast::{audited, date, joined, login, now, region, registered, texts};
use domain::person::NewPerson;

schema::both! {
    async fn a_visit_is_written_once_and_gives_no_more_than_the_list_says(db) {
        let scene = Scene::open(db).await;
        let (cx, li, plan) = (&scene.cx, &scene.li, scene.approved().await);
        let wang = scene.entry(&plan, scene.wang.id).await.id;
        let by = |visit: NewVisit| record_visit(db, cx, li, (wang, visit), now());
        for (visit, no) in [
            (NewVisit { second: None, ..there(Outcome::Given, 500) }, Refusal::Second),
            (NewVisit { second: Some(login("li")), ..there(Outcome::Given, 500) }, Refusal::Second),
            (NewVisit { second: Some(login("payer")), ..there(Outcome::Given, 500) }, Refusal::Second),
            (there(Outcome::Given, 501), Refusal::TooMuch),
            (there(Outcome::Away, 1), Refusal::TooMuch),
            (NewVisit { on: date(2026, 11, 1), ..there(Outcome::Given, 500) }, Refusal::Day),
            (NewVisit { on: date(2026, 11, 3), ..there(Outcome::Given, 500) }, Refusal::Day),
            (NewVisit { said: "长".repeat(501), ..there(Outcome::Given, 500) }, Refusal::Words),
        ] {
            assert_eq!(refused(by(visit).await), no);
        }
        by(there(Outcome::Away, 0)).await.unwrap();
        let entry = scene.entry(&plan, scene.wang.id).await;
        assert_eq!((entry.state, entry.tries), (EntryState::Listed, 1), "somebody comes again");
        let words = NewVisit { said: "想修一下楼梯扶手".to_owned(), signed: false, ..there(Outcome::Given, 500) };
        let done = by(words.clone()).await.unwrap();
        assert_eq!(by(words).await.unwrap().id, done.id, "the form sent twice");
        assert_eq!(refused(by(there(Outcome::Given, 500)).await), Refusal::NotNow, "nobody gets it twice");
        assert_eq!(scene.entry(&plan, scene.wang.id).await.tries, 2);

        // 诉求: sealed, read by name, answered once.
        let stored = texts(db, "SELECT said FROM outreach_visit WHERE said IS NOT NULL").await;
        assert!(stored.len() == 1 && !stored[0].contains("楼梯"));
        assert_eq!(store::visit::asked_in(db, &[li.scope().clone()], 9).await.unwrap().len(), 1);
        assert_eq!(read(db, cx, li, done.id, now()).await.unwrap().said.expose_secret(), "想修一下楼梯扶手");
        answer(db, cx, li, (done.id, "社区已装好"), now()).await.unwrap();
        assert_eq!(refused(answer(db, cx, li, (done.id, "又"), now()).await), Refusal::NotNow);
        assert!(store::visit::asked_in(db, &[li.scope().clone()], 9).await.unwrap().is_empty());

        // 领取: by the person's own tap, or on paper.
        let account = joined(db, "wang").await;
        link_own(db, cx, li, &Link { account: &account, person: scene.wang.id, proof: "identity_seen" }, now()).await.unwrap();
        let myself = Myself::of(db, &account, now()).await.unwrap().unwrap();
        assert!(!store::visit::find(db, done.id).await.unwrap().unwrap().has_receipt());
        received(db, cx, &myself, done.id, now()).await.unwrap();
        received(db, cx, &myself, done.id, later(1)).await.unwrap();
        let row = store::visit::find(db, done.id).await.unwrap().unwrap();
        assert_eq!((row.received_at, row.signed), (Some(now()), false));
        let other = scene.visits(&plan, &scene.old_li, 800).await;
        assert!(matches!(received(db, cx, &myself, other.id, now()).await, Err(OutreachError::NotFound)), "not hers");
        signed(db, cx, li, other.id, now()).await.unwrap();
        audited(db).await;
    }

    async fn what_is_found_at_the_door_leads_on(db) {
        let scene = Scene::open(db).await;
        let (cx, li, plan) = (&scene.cx, &scene.li, scene.approved().await);
        let (wang, old_li) = (scene.entry(&plan, scene.wang.id).await.id, scene.entry(&plan, scene.old_li.id).await.id);
        record_visit(db, cx, li, (wang, there(Outcome::InHospital, 0)), now()).await.unwrap();
        record_visit(db, cx, li, (wang, there(Outcome::InHospital, 0)), now()).await.unwrap();
        assert_eq!(store::stay::recent(db, &[li.scope().clone()], date(2026, 11, 2)).await.unwrap().len(), 1);
        record_visit(db, cx, li, (old_li, there(Outcome::Declined, 0)), now()).await.unwrap();
        assert_eq!(scene.state(&plan, &scene.old_li).await, EntryState::Declined);
        record_visit(db, cx, li, (wang, there(Outcome::Died, 0)), now()).await.unwrap();
        assert_eq!(scene.state(&plan, &scene.wang).await, EntryState::Listed, "the record of the death says so, not a word at the door");
        record_death(db, cx, li, scene.wang.id, date(2026, 11, 1), now()).await.unwrap();
        assert_eq!(scene.state(&plan, &scene.wang).await, EntryState::Died);
        assert!(store::stay::open_of(db, scene.wang.id).await.unwrap().is_none());
        audited(db).await;
    }

    async fn who_lives_in_one_place_is_seen_by_one(db) {
        let scene = Scene::open(db).await;
        let here = |name: &str, code: &str| NewPerson { residence: Some(region(code)), ..born(scene.unit.id, name, 1930) };
        for (name, code) in [("甲一", "330106003"), ("甲二", "330106003"), ("乙一", "330106109"), ("乙二", "330106109")] {
            registered(db, here(name, code)).await;
        }
        let plan = scene.approved().await;
        let no = share(db, &scene.cx, &scene.li, (plan.id, &[login("payer")]), now()).await;
        assert_eq!(refused(no), Refusal::NoWorkers);
        share(db, &scene.cx, &scene.li, (plan.id, &[login("xu"), login("li")]), now()).await.unwrap();
        let entries = scene.entries(&plan).await;
        assert!(entries.iter().all(|entry| entry.worker.is_some() && entry.place_no.is_some()));
        let people = domain::person::store::find_all(db, &entries.iter().map(|entry| entry.person_id).collect::<Vec<_>>()).await.unwrap();
        for place in ["330106003", "330106109"] {
            let who: std::collections::BTreeSet<_> = entries.iter()
                .filter(|entry| people.iter().any(|one| one.id == entry.person_id && one.residence == Some(region(place))))
                .map(|entry| entry.worker.clone())
                .collect();
            assert_eq!(who.len(), 1, "{place}");
        }
        let mine = store::entry::of_worker(db, &login("li")).await.unwrap();
        let numbers: Vec<_> = mine.iter().map(|entry| entry.place_no.unwrap()).collect();
        assert_eq!(numbers, (1..).take(mine.len()).collect::<Vec<_>>(), "in the order of the way");
        assert_eq!(region(COUNTY), plan.region);
        assert_eq!(plan.reserved, Fen::yuan(500 + 1000 + 4 * 500));
        audited(db).await;
    }

    async fn whoever_goes_is_told_once_on_a_working_morning_and_no_name_with_it(db) {
        let scene = Scene::open(db).await;
        let plan = scene.approved().await;
        share(db, &scene.cx, &scene.li, (plan.id, &[login("xu"), login("li")]), now()).await.unwrap();
        // Monday, 1 February 2027, nine in the morning; they are due on Wednesday.
        assert_eq!(remind(db, &scene.cx, now()).await.unwrap(), 0, "months before");
        for at in [later(90), later(91) - TimeDelta::hours(3), later(91) + TimeDelta::hours(4)] {
            assert_eq!(remind(db, &scene.cx, at).await.unwrap(), 0, "{at}: a Sunday, too early, too late");
        }
        let both = tokio::join!(remind(db, &scene.cx, later(91)), remind(db, &scene.cx, later(91)));
        let people = store::entry::of_worker(db, &login("li")).await.unwrap().len().min(1)
            + store::entry::of_worker(db, &login("xu")).await.unwrap().len().min(1);
        assert_eq!(both.0.unwrap() + both.1.unwrap(), people, "each once");
        assert_eq!(remind(db, &scene.cx, later(91)).await.unwrap(), 0);
        assert_eq!(remind(db, &scene.cx, later(92)).await.unwrap(), people, "the next day again");
        let column = if db.get_database_backend() == DbBackend::Postgres { "payload::text" } else { "payload" };
        for letter in texts(db, &format!("SELECT {column} FROM outbox WHERE kind = 'outreach.today'")).await {
            assert!(!letter.contains('王') && !letter.contains("500"), "{letter}");
        }
        audited(db).await;
    }
}
