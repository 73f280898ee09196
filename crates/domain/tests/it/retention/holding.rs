use domain::{
    person::merge::commands as merging,
    retention::{
        ItemState, Over, RetentionError, RetentionRefusal, Why,
        holds::{NewHold, ask_lift, lift, over_person, place},
        passing, store,
    },
    wish::{
        Answer, Kind,
        commands::{WishError, answer, ask},
    },
};

use super::scene::{Scene, years_ago};
use crate::cast::{audited, now, someone, worker};

fn new(over: Over) -> NewHold {
    NewHold { over, reason: "正在核查".to_owned(), document: "示例〔2026〕10号".to_owned() }
}

schema::both! {
    async fn a_hold_is_placed_by_one_and_lifted_by_two(db) {
        let scene = Scene::open(db).await;
        let (person, _) = scene.person("王秀英", "wang").await;
        let (cx, over) = (&scene.cx, Over::Person(person.id));
        for (bad, said) in [
            (NewHold { reason: " ".to_owned(), ..new(over.clone()) }, RetentionRefusal::NoReason),
            (NewHold { document: String::new(), ..new(over.clone()) }, RetentionRefusal::NoDocument),
            (new(Over::Person(domain::ids::PersonId::new(now()))), RetentionRefusal::NothingToHold),
            (new(Over::Case(domain::ids::CaseId::new(now()))), RetentionRefusal::NothingToHold),
            (new(Over::Unit(domain::ids::UnitId::new(now()))), RetentionRefusal::NothingToHold),
            (new(Over::Class("horoscope".to_owned())), RetentionRefusal::NothingToHold),
            // A class is all of it: the province's.
            (new(Over::Class("notice".to_owned())), RetentionRefusal::NothingToHold),
        ] {
            let refused = place(db, cx, &scene.county, bad, now()).await;
            assert!(matches!(refused, Err(RetentionError::Refused(refusal)) if refusal == said), "{said:?}");
        }
        let neighbour = worker(db, "neighbour", "330105").await;
        let refused = place(db, cx, &neighbour, new(over.clone()), now()).await;
        assert!(matches!(refused, Err(RetentionError::Refused(RetentionRefusal::NothingToHold))));

        let hold = place(db, cx, &scene.county, new(over), now()).await.unwrap();
        assert_eq!(over_person(db, person.id).await.unwrap().unwrap().id, hold.id, "at once");
        assert!(matches!(ask_lift(db, cx, &neighbour, (hold.id, "结束"), now()).await, Err(RetentionError::NotFound)));
        assert!(matches!(lift(db, cx, &scene.county, hold.id, now()).await, Err(RetentionError::Refused(RetentionRefusal::NotAsked))));
        assert!(matches!(ask_lift(db, cx, &scene.county, (hold.id, " "), now()).await, Err(RetentionError::Refused(RetentionRefusal::NoReason))));
        ask_lift(db, cx, &scene.county, (hold.id, "核查结束"), now()).await.unwrap();
        assert!(over_person(db, person.id).await.unwrap().is_some(), "it holds on");
        assert!(matches!(lift(db, cx, &scene.county, hold.id, now()).await, Err(RetentionError::Refused(RetentionRefusal::SameHand))));
        let forged = "UPDATE retention_hold SET lifted_by = asked_by, lifted_at = asked_at";
        assert!(scene.run(forged, vec![]).await.is_err(), "the database knows it too");
        lift(db, cx, &scene.second, hold.id, now()).await.unwrap();
        assert!(over_person(db, person.id).await.unwrap().is_none());
        assert!(matches!(lift(db, cx, &scene.second, hold.id, now()).await, Err(RetentionError::Refused(RetentionRefusal::HoldNotNow))));
        audited(db).await;
    }

    async fn a_hold_wins_over_a_list_that_was_approved_before_it(db) {
        let scene = Scene::open(db).await;
        let (person, wang) = scene.person("王秀英", "wang").await;
        let (_, li) = scene.person("李国强", "li").await;
        let held = scene.wished(&wang, years_ago(4)).await;
        let free = scene.wished(&li, years_ago(4)).await;
        let list = scene.approved().await;
        let hold = place(db, &scene.cx, &scene.county, new(Over::Person(person.id)), now()).await.unwrap();
        assert_eq!(scene.done().await, (1, 1));
        assert!(domain::wish::store::find(db, held).await.unwrap().is_some());
        assert!(domain::wish::store::find(db, free).await.unwrap().is_none());
        let item = store::items(db, (list, "person_wish"), 9).await.unwrap().into_iter().find(|item| item.subject == held.uuid()).unwrap();
        assert_eq!((item.state, item.why, item.hold_id), (ItemState::LeftOut, Some(Why::Held), Some(hold.id)));

        // The next list names it and lets it be.
        let (_, zhao) = scene.person("赵德福", "zhao").await;
        scene.wished(&zhao, years_ago(4)).await;
        let next = scene.listed().await;
        let lines = store::lines(db, next.id).await.unwrap();
        let stays: Vec<_> = lines.iter().filter(|line| line.state == ItemState::Held).collect();
        assert_eq!((stays.len(), stays[0].many, stays[0].why), (1, 1, Some(Why::Held)));
        assert_eq!(scene.waiting(next.id).await, 1);
    }

    async fn a_hold_over_a_class_or_a_unit_with_those_below_it_holds(db) {
        let scene = Scene::open(db).await;
        let tx = crate::cast::write(db).await;
        let below = domain::person::units::NewUnit {
            name: "某县农业局某站".to_owned(),
            kind: domain::person::UnitKind::Institution,
            region: crate::cast::region("330106"),
            parent: Some(scene.unit.id),
        };
        let below = domain::person::units::found_in(&tx, &scene.cx, domain::By::INSTALLER, below, now()).await.unwrap();
        tx.commit().await.unwrap();
        let (person, wang) = scene.person("王秀英", "wang").await;
        scene.run("UPDATE person SET unit_id = ? WHERE id = ?", vec![below.id.uuid().into(), person.id.uuid().into()]).await.unwrap();
        scene.wished(&wang, years_ago(4)).await;
        let unit = place(db, &scene.cx, &scene.county, new(Over::Unit(scene.unit.id)), now()).await.unwrap();
        assert_eq!(scene.waiting(scene.listed().await.id).await, 0);
        ask_lift(db, &scene.cx, &scene.county, (unit.id, "结束"), now()).await.unwrap();
        lift(db, &scene.cx, &scene.chief, unit.id, now()).await.unwrap();
        let class = place(db, &scene.cx, &scene.chief, new(Over::Class("person_wish".to_owned())), now()).await.unwrap();
        assert_eq!(scene.waiting(scene.listed().await.id).await, 0);
        ask_lift(db, &scene.cx, &scene.chief, (class.id, "结束"), now()).await.unwrap();
        lift(db, &scene.cx, &scene.second, class.id, now()).await.unwrap();
        assert_eq!(scene.waiting(scene.listed().await.id).await, 1);
    }

    async fn a_hold_wins_over_a_granted_wish(db) {
        let scene = Scene::open(db).await;
        let (person, wang) = scene.person("王秀英", "wang").await;
        place(db, &scene.cx, &scene.county, new(Over::Person(person.id)), now()).await.unwrap();
        let wish = ask(db, &scene.cx, &wang, (Kind::Delete, "把以前的地址删掉"), now()).await.unwrap();
        let done = answer(db, &scene.cx, &scene.county, (wish.id, Answer::Done), now()).await;
        assert!(matches!(done, Err(WishError::Held)));
        answer(db, &scene.cx, &scene.county, (wish.id, Answer::Archive), now()).await.unwrap();
        let other = ask(db, &scene.cx, &wang, (Kind::Correct, "名字写错了"), now()).await.unwrap();
        answer(db, &scene.cx, &scene.county, (other.id, Answer::Done), now()).await.unwrap();
    }

    async fn a_hold_follows_a_record_into_the_one_that_is_kept(db) {
        let scene = Scene::open(db).await;
        let (merged, wang) = scene.person("王秀英", "wang").await;
        let kept = crate::cast::registered(db, someone(scene.unit.id, "王秀英")).await;
        let mine = scene.wished(&wang, years_ago(4)).await;
        place(db, &scene.cx, &scene.county, new(Over::Person(merged.id)), now()).await.unwrap();
        let pair = merging::propose(db, &scene.cx, &scene.county, (kept.id, merged.id), now()).await.unwrap();
        merging::decide(db, &scene.cx, &scene.second, (pair.id, true), now()).await.unwrap();
        assert!(over_person(db, kept.id).await.unwrap().is_some());
        assert!(over_person(db, merged.id).await.unwrap().is_some(), "what stays with the merged record is held too");
        assert_eq!(scene.waiting(scene.listed().await.id).await, 0);
        assert!(domain::wish::store::find(db, mine).await.unwrap().is_some());
    }

    async fn what_lives_for_days_goes_by_itself_but_not_from_under_a_hold(db) {
        let scene = Scene::open(db).await;
        let (held, wang) = scene.person("王秀英", "wang").await;
        let (_, li) = scene.person("李国强", "li").await;
        let old = now() - chrono::TimeDelta::days(31);
        for me in [&wang, &li] {
            domain::aid::commands::draft::begin(db, &scene.cx, me, old).await.unwrap();
        }
        place(db, &scene.cx, &scene.county, new(Over::Person(held.id)), now()).await.unwrap();
        let swept = passing::sweep(db, now()).await.unwrap();
        assert_eq!((swept.drafts, swept.total()), (1, 1));
        assert_eq!(scene.count("SELECT count(*) FROM aid_draft").await, 1);
        let letters = scene.count("SELECT count(*) FROM inbox").await + scene.count("SELECT count(*) FROM outbox").await;
        passing::sweep(db, now() + chrono::TimeDelta::days(400)).await.unwrap();
        assert!(letters >= 0);
        assert_eq!(scene.count("SELECT count(*) FROM outbox WHERE state = 2").await, 0);
    }
}
