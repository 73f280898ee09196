use domain::{
    authority::{Role, Scope, SecurityAdmin},
    ids::RetentionListId,
    retention::{
        self, ItemState, ListState, RetentionError, RetentionRefusal, Tally, Why, dry_run, foresee, monthly,
        store,
    },
};

use super::scene::{Scene, years_ago};
use crate::cast::{audited, date, everything_but, granted, holder, now, region};

fn refusal(result: Result<(), RetentionError>) -> RetentionRefusal {
    match result {
        Err(RetentionError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

schema::both! {
    async fn what_is_due_goes_by_two_peoples_word_and_leaves_a_tombstone(db) {
        let scene = Scene::open(db).await;
        let (person, wang) = scene.person("王秀英", "wang").await;
        let old = scene.wished(&wang, years_ago(4)).await;
        let young = scene.wished(&wang, years_ago(1)).await;

        let list = scene.listed().await;
        assert_eq!(list.state, ListState::Made);
        let lines = store::lines(db, list.id).await.unwrap();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!((lines[0].class.as_str(), lines[0].many, lines[0].unit_id), ("person_wish", 1, Some(person.unit_id)));
        let (cx, by) = (&scene.cx, &scene.security);
        assert_eq!(refusal(retention::approve(db, cx, by, (list.id, 1), now()).await), RetentionRefusal::NotNow, "nobody proposed it");
        assert_eq!(retention::step(db, cx, now()).await.unwrap(), retention::Step::Idle, "nothing is touched before");

        let county = retention::propose(db, cx, &scene.county, list.id, now()).await;
        assert_eq!(refusal(county), RetentionRefusal::NotProvince);
        retention::propose(db, cx, &scene.chief, list.id, now()).await.unwrap();
        assert_eq!(refusal(retention::propose(db, cx, &scene.chief, list.id, now()).await), RetentionRefusal::NotNow);
        assert_eq!(retention::step(db, cx, now()).await.unwrap(), retention::Step::Idle);
        let other = holder::<domain::authority::held::SecurityAdmin>(db, "countysecurity", "330106").await;
        assert_eq!(refusal(retention::approve(db, cx, &other, (list.id, 1), now()).await), RetentionRefusal::NotProvince);
        assert_eq!(refusal(retention::approve(db, cx, by, (list.id, 2), now()).await), RetentionRefusal::OtherList);
        let nowhere = RetentionListId::new(now());
        assert!(matches!(retention::approve(db, cx, by, (nowhere, 1), now()).await, Err(RetentionError::NotFound)));
        retention::approve(db, cx, by, (list.id, 1), now()).await.unwrap();

        assert_eq!(scene.done().await, (1, 0));
        assert!(domain::wish::store::find(db, old).await.unwrap().is_none());
        assert!(domain::wish::store::find(db, young).await.unwrap().is_some());
        let (stones, count) = store::tombstones(db, 9).await.unwrap();
        assert_eq!(count, 1);
        let stone = &stones[0];
        assert_eq!((stone.class.as_str(), stone.subject, stone.fate.as_str()), ("person_wish", old.uuid(), "erase"));
        assert_eq!((stone.proposed_by.as_str(), stone.approved_by.as_str(), stone.list_id), ("chief", "security", list.id));
        assert_eq!(store::list(db, list.id).await.unwrap().unwrap().state, ListState::Done);
        assert!(scene.run("DELETE FROM retention_tombstone", vec![]).await.is_err(), "a tombstone stands for good");
        audited(db).await;
    }

    async fn nobody_approves_what_he_proposed_whatever_he_has_become_since(db) {
        let scene = Scene::open(db).await;
        let (_, wang) = scene.person("王秀英", "wang").await;
        scene.wished(&wang, years_ago(4)).await;
        let list = scene.listed().await;
        retention::propose(db, &scene.cx, &scene.chief, list.id, now()).await.unwrap();
        // The grant has ended since, and he is a security administrator now.
        scene.run("DELETE FROM role_grant WHERE account_id = 'chief'", vec![]).await.unwrap();
        granted(db, scene.chief.account(), Role::SecurityAdmin, Scope::Region(region("33"))).await;
        let turned = SecurityAdmin::prove(db, scene.chief.account(), region("33"), now()).await.unwrap().unwrap();
        for refused in [
            retention::approve(db, &scene.cx, &turned, (list.id, 1), now()).await,
            retention::refuse(db, &scene.cx, &turned, (list.id, "不行"), now()).await,
        ] {
            assert_eq!(refusal(refused), RetentionRefusal::SamePerson);
        }
        let forged = "UPDATE retention_list SET state = 'approved', decided_by = proposed_by";
        assert!(scene.run(forged, vec![]).await.is_err(), "the database knows it too");
        assert_eq!(refusal(retention::refuse(db, &scene.cx, &scene.security, (list.id, " "), now()).await), RetentionRefusal::NoReason);
        retention::refuse(db, &scene.cx, &scene.security, (list.id, "再核一遍"), now()).await.unwrap();
        assert_eq!(scene.done().await, (0, 0));
        assert_eq!(scene.waiting(scene.listed().await.id).await, 1, "it comes again");
    }

    async fn what_was_changed_after_it_was_listed_is_left_out_and_told(db) {
        let scene = Scene::open(db).await;
        let (_, wang) = scene.person("王秀英", "wang").await;
        let mut wishes = Vec::new();
        for _ in 0..3 {
            wishes.push(scene.wished(&wang, years_ago(4)).await);
        }
        let list = scene.approved().await;
        let foreseen = foresee(db, &scene.cx, now()).await.unwrap();
        assert_eq!(foreseen[&("person_wish".to_owned(), None)], 3);
        scene.run("UPDATE person_wish SET answer = 'done' WHERE id = ?", vec![wishes[1].uuid().into()]).await.unwrap();
        let foreseen = foresee(db, &scene.cx, now()).await.unwrap();
        assert_eq!(foreseen[&("person_wish".to_owned(), Some(Why::Changed))], 1);
        assert_eq!(scene.done().await, (2, 1));
        let left: Vec<_> = store::items(db, (list, "person_wish"), 9).await.unwrap().into_iter().filter(|item| item.state == ItemState::LeftOut).collect();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].why, Some(Why::Changed));
        assert_eq!(scene.count("SELECT count(*) FROM audit_row WHERE action = 'retention.left_out'").await, 1);
        assert_eq!(scene.count("SELECT count(*) FROM person_wish").await, 1);
        audited(db).await;
    }

    async fn a_month_has_one_list_and_one_is_open_at_a_time(db) {
        let scene = Scene::open(db).await;
        let (_, wang) = scene.person("王秀英", "wang").await;
        scene.wished(&wang, years_ago(4)).await;
        assert!(monthly(db, now()).await.unwrap());
        assert!(!monthly(db, now()).await.unwrap());
        assert!(retention::begin(db, now()).await.unwrap().is_none());
        while let Tally::Went(_) = retention::make(db, &scene.cx, now()).await.unwrap() {}
        let december = now() + chrono::TimeDelta::days(40);
        assert!(!monthly(db, december).await.unwrap(), "the open one is decided first");
        let open = store::open(db).await.unwrap().unwrap();
        assert_eq!((open.slot.as_str(), open.as_of), ("2026-11", date(2026, 11, 2)));
        retention::propose(db, &scene.cx, &scene.chief, open.id, now()).await.unwrap();
        retention::refuse(db, &scene.cx, &scene.security, (open.id, "再核一遍"), now()).await.unwrap();
        assert!(!monthly(db, now()).await.unwrap(), "this month has had its list");
        assert!(monthly(db, december).await.unwrap());
    }

    async fn a_dry_run_says_what_would_be_and_writes_nothing(db) {
        let scene = Scene::open(db).await;
        let (_, wang) = scene.person("王秀英", "wang").await;
        for years in [4, 5, 1] {
            scene.wished(&wang, years_ago(years)).await;
        }
        let before = everything_but(db, &[]).await;
        let lines = dry_run(db, &scene.cx, now()).await.unwrap();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!((lines[0].many, lines[0].state), (2, ItemState::Waiting));
        assert_eq!(lines[0].oldest, domain::calendar::local_date(years_ago(5)));
        assert_eq!(everything_but(db, &[]).await, before);
    }
}
