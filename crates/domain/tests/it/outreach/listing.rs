//! Lists that make themselves.

use domain::{
    ids::PersonId,
    outreach::{
        EntryState, Occasion, OutreachError, Refusal,
        commands::{
            plan::{NewPlan, Whose, make, submit, withdraw},
            refresh::{difference, refresh},
            someone::{add, leave_out, put_back, reason},
            stay,
        },
        store,
    },
    person::{
        NewPerson,
        fact::{FactKind, NewFact, Value, commands::record, transfer::transfer},
    },
};
use ledger::Fen;
use sea_orm::ConnectionTrait;
use secrecy::ExposeSecret;

use super::scene::{COUNTY, Scene, born, refused, veteran};
use crate::cast::{audited, date, now, region, registered, texts, unit, worker};

schema::both! {
    async fn the_list_makes_itself_and_each_has_the_reason(db) {
        let scene = Scene::open(db).await;
        let elsewhere = unit(db, "330108").await;
        registered(db, veteran(elsewhere.id, "孙国强")).await;
        let poor = registered(db, born(scene.unit.id, "周桂兰", 1950)).await;
        let hard = NewFact { kind: FactKind::Hardship, value: Value::Bare, from_on: date(2026, 1, 1), basis: "示例".to_owned() };
        record(db, &scene.cx, &scene.li, (poor.id, hard), now()).await.unwrap();
        let plan = scene.festival().await;
        let mut found: Vec<(PersonId, i64, i64)> = scene.entries(&plan).await.iter()
            .map(|entry| (entry.person_id, entry.cash.fen() / 100, entry.item_value.fen() / 100))
            .collect();
        found.sort();
        let mut all = vec![(scene.wang.id, 500, 200), (scene.old_li.id, 1000, 200), (poor.id, 1000, 0)];
        all.sort();
        assert_eq!(found, all);
        let wang = scene.entry(&plan, scene.wang.id).await;
        assert_eq!((wang.due_on, wang.visitors, wang.round.as_str()), (date(2027, 2, 3), 2, "spring_festival/2027"));
        let why = store::standard::find(db, wang.standard_id.unwrap()).await.unwrap().unwrap();
        assert_eq!(why.who.to_string(), "age:90");
        // A larger region has no list of its own, and no day lies years ahead.
        let new = |whose, year| NewPlan { occasion: Occasion::DoubleNinth, whose, year, month: 1 };
        let county = || Whose::County(region(COUNTY));
        let wide = make(db, &scene.cx, &scene.li, new(Whose::County(region("33")), 2027), now()).await;
        assert_eq!(refused(wide), Refusal::TooWide);
        assert_eq!(refused(make(db, &scene.cx, &scene.li, new(county(), 2026), now()).await), Refusal::NoDay, "it has gone by");
        let theirs = make(db, &scene.cx, &scene.li, new(Whose::Unit(elsewhere.id), 2027), now()).await;
        assert!(matches!(theirs, Err(OutreachError::NotFound)));
        audited(db).await;
    }

    async fn making_the_list_again_shows_what_differs_and_loses_nothing_that_was_written(db) {
        let scene = Scene::open(db).await;
        let (cx, li) = (&scene.cx, &scene.li);
        let plan = scene.festival().await;
        let old_li = scene.entry(&plan, scene.old_li.id).await;
        assert_eq!(refused(leave_out(db, cx, li, (old_li.id, " "), now()).await), Refusal::NoReason);
        leave_out(db, cx, li, (old_li.id, "在外地女儿家过年"), now()).await.unwrap();
        let row = store::standard::of_occasion(db, plan.occasion).await.unwrap();
        let hardship = row.iter().find(|row| row.who.hardship).unwrap().id;
        add(db, cx, li, (plan.id, scene.zhao.id, hardship), "家里刚遭了火灾", now()).await.unwrap();
        assert_eq!(refused(add(db, cx, li, (plan.id, scene.zhao.id, hardship), "再加", now()).await), Refusal::Twice);
        let late = registered(db, born(scene.unit.id, "钱文英", 1935)).await;
        // 王 does not belong here any more.
        let there = unit(db, COUNTY).await;
        transfer(db, cx, li, (scene.wang.id, there.id, "调动"), (date(2026, 11, 2), now())).await.unwrap();
        let unit_plan = scene.plan(Occasion::Winter, Whose::Unit(scene.unit.id)).await;
        assert!(scene.entries(&unit_plan).await.is_empty(), "nobody is poor");

        let found = difference(db, &plan, now()).await.unwrap();
        assert_eq!(found.comes.iter().map(|one| one.person).collect::<Vec<_>>(), [late.id]);
        assert!(found.goes.is_empty());
        assert_eq!(found.changes.len(), 1, "of another unit of the county");
        assert_eq!(scene.entries(&plan).await.len(), 3, "looking changes nothing");
        refresh(db, cx, li, plan.id, now()).await.unwrap();
        assert!(difference(db, &plan, now()).await.unwrap().is_empty());
        assert_eq!(scene.entry(&plan, scene.wang.id).await.unit_id, there.id);
        assert_eq!(scene.state(&plan, &scene.old_li).await, EntryState::LeftOut);
        let zhao = scene.entry(&plan, scene.zhao.id).await;
        assert_eq!((zhao.state, zhao.by_hand, zhao.cash), (EntryState::Listed, true, Fen::yuan(1000)));
        let why = reason(db, cx, li, zhao.id, now()).await.unwrap().unwrap();
        assert_eq!(why.expose_secret(), "家里刚遭了火灾");
        let stored = texts(db, "SELECT reason FROM outreach_entry WHERE reason IS NOT NULL").await;
        assert!(stored.len() == 2 && stored.iter().all(|text| !text.contains('家')), "sealed");
        // The person is out of the list of the standard, but stays as long as somebody wants it.
        put_back(db, cx, li, old_li.id, now()).await.unwrap();
        assert_eq!(scene.state(&plan, &scene.old_li).await, EntryState::Listed);
        // When it waits for the approver nobody changes it.
        submit(db, cx, li, plan.id, now()).await.unwrap();
        assert_eq!(refused(leave_out(db, cx, li, (old_li.id, "迟了"), now()).await), Refusal::NotNow);
        assert_eq!(refused(refresh(db, cx, li, plan.id, now()).await), Refusal::NotNow);
        audited(db).await;
    }

    async fn nobody_is_on_two_plans_of_one_occasion_wherever_the_person_goes(db) {
        let scene = Scene::open(db).await;
        let (cx, li) = (&scene.cx, &scene.li);
        let plan = scene.plan(Occasion::SpringFestival, Whose::Unit(scene.unit.id)).await;
        let there = unit(db, COUNTY).await;
        transfer(db, cx, li, (scene.wang.id, there.id, "调动"), (date(2026, 11, 2), now())).await.unwrap();
        let second = scene.plan(Occasion::SpringFestival, Whose::Unit(there.id)).await;
        assert!(scene.entries(&second).await.is_empty());
        let rows = store::standard::of_occasion(db, plan.occasion).await.unwrap();
        let row = rows.iter().find(|row| row.who.to_string() == "age:90").unwrap().id;
        assert_eq!(refused(add(db, cx, li, (second.id, scene.wang.id, row), "漏了", now()).await), Refusal::Twice);
        // The database itself says so.
        let copied = format!("UPDATE outreach_entry SET person_id = (SELECT id FROM person WHERE name = '王秀英') WHERE cash = {}", 100_000);
        assert!(db.execute_unprepared(&copied).await.is_err());
        // Left out of the one, somebody may be on the other; taken back, all are free.
        let wang = scene.entry(&plan, scene.wang.id).await;
        leave_out(db, cx, li, (wang.id, "已调走"), now()).await.unwrap();
        add(db, cx, li, (second.id, scene.wang.id, row), "调来的", now()).await.unwrap();
        assert_eq!(refused(put_back(db, cx, li, wang.id, now()).await), Refusal::Twice);
        withdraw(db, cx, li, second.id, now()).await.unwrap();
        put_back(db, cx, li, wang.id, now()).await.unwrap();
        audited(db).await;
    }

    async fn birthdays_and_stays_come_by_themselves(db) {
        let scene = Scene::open(db).await;
        let (cx, li) = (&scene.cx, &scene.li);
        // 80 on the 11th of February 2027.
        let solar = NewPerson { born_on: date(1947, 2, 11), ..born(scene.unit.id, "吴建华", 1947) };
        let solar = registered(db, solar).await;
        let plan = scene.plan(Occasion::Birthday, Whose::County(region(COUNTY))).await;
        let found = scene.entries(&plan).await;
        let mine = found.iter().find(|entry| entry.person_id == solar.id).expect("eighty");
        assert_eq!((mine.due_on, mine.round.as_str()), (date(2027, 2, 11), "birthday/2027"));

        // 住院.
        let tomorrow = date(2026, 11, 3);
        assert_eq!(refused(stay::note(db, cx, li, (scene.zhao.id, tomorrow), now()).await), Refusal::Day);
        let noted = stay::note(db, cx, li, (scene.zhao.id, date(2026, 11, 1)), now()).await.unwrap();
        assert_eq!(refused(stay::note(db, cx, li, (scene.zhao.id, date(2026, 11, 1)), now()).await), Refusal::Stay);
        let plan = scene.plan(Occasion::Hospital, Whose::County(region(COUNTY))).await;
        let found = scene.entries(&plan).await;
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].person_id, found[0].due_on, found[0].cash), (scene.zhao.id, date(2026, 11, 6), Fen::yuan(300)));
        let again = scene.plan(Occasion::Hospital, Whose::County(region(COUNTY))).await;
        assert!(scene.entries(&again).await.is_empty(), "once for one stay");
        assert_eq!(refused(stay::end(db, cx, li, (noted.id, date(2026, 10, 31)), now()).await), Refusal::Stay);
        stay::end(db, cx, li, (noted.id, date(2026, 11, 2)), now()).await.unwrap();
        stay::note(db, cx, li, (scene.zhao.id, date(2026, 11, 2)), now()).await.unwrap();
        let third = scene.plan(Occasion::Hospital, Whose::County(region(COUNTY))).await;
        assert_eq!(scene.entries(&third).await.len(), 1, "another stay");
        audited(db).await;
    }

    async fn a_neighbour_reaches_nothing_and_who_left_is_out_of_reach(db) {
        let scene = Scene::open(db).await;
        let plan = scene.festival().await;
        let neighbour = worker(db, "neighbour", "330108").await;
        let wang = scene.entry(&plan, scene.wang.id).await;
        assert!(matches!(leave_out(db, &scene.cx, &neighbour, (wang.id, "x"), now()).await, Err(OutreachError::NotFound)));
        assert!(matches!(refresh(db, &scene.cx, &neighbour, plan.id, now()).await, Err(OutreachError::NotFound)));
        assert!(matches!(reason(db, &scene.cx, &neighbour, wang.id, now()).await, Err(OutreachError::NotFound)));
        let city = worker(db, "city", "3301").await;
        let there = unit(db, "330108").await;
        transfer(db, &scene.cx, &city, (scene.wang.id, there.id, "调动"), (date(2026, 11, 2), now())).await.unwrap();
        let mine = reason(db, &scene.cx, &scene.li, wang.id, now()).await;
        assert!(matches!(mine, Err(OutreachError::NotFound)), "the person is of another county now");
        audited(db).await;
    }
}
