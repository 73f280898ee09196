use chrono::TimeDelta;
use domain::{
    authority::{Grants, Scope},
    person::{
        NewPerson, Precision,
        commands::{Contact, change_contact},
        death::record_death,
        fact::{self, FactKind},
        merge::commands as merging,
        store as people,
    },
    segment::{
        Cause, Reader, SegmentRefusal, Standing,
        changes::{Few, page, since},
        commands::{ask, change, end},
        store,
    },
};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};

use super::{computes, made, refusal, rows, saying, says, stands};
use crate::cast::{audited, context, date, managed, now, registered, someone, texts, unit, worker};

fn days(days: i64) -> chrono::DateTime<chrono::Utc> {
    now() + TimeDelta::days(days)
}

fn lines(text: &str) -> Cause {
    format!("lines:{text}").parse().unwrap()
}

async fn reader(db: &DatabaseConnection, login: &str) -> Reader {
    let grants = Grants::of(db, &crate::cast::login(login), days(90)).await.unwrap();
    Reader::of(db, &grants).await.unwrap().unwrap()
}

schema::both! {
    async fn who_came_and_who_went_in_a_month_and_why(db) {
        let (cx, li) = (context(), worker(db, "li", "330106").await);
        let here = unit(db, "330106").await.id;
        let born = |name, year, month, day| NewPerson { born_on: date(year, month, day), ..someone(here, name) };
        let old = registered(db, born("甲", 1930, 1, 1)).await;
        let soon = registered(db, born("乙", 1936, 11, 10)).await;
        let vague = registered(db, NewPerson { born_precision: Precision::Year, ..born("丙", 1936, 1, 1) }).await;
        let young = registered(db, born("丁", 1944, 1, 1)).await;
        let segment = made(db, &li, ("330106", "alone+age:90")).await.id;
        computes(db, now()).await;
        assert_eq!(stands(db, segment, old.id).await, Some(Standing::Member));
        assert_eq!(stands(db, segment, soon.id).await, None);
        assert_eq!(stands(db, segment, vague.id).await, Some(Standing::Unsure), "somebody finds out");
        assert_eq!(rows(db, segment, old.id).await[0].joined_why, Cause::First);
        let first = store::run::last_done(db, segment).await.unwrap().unwrap();
        assert_eq!((first.members, first.unsure, first.joined, first.gone), (1, 1, 1, 0));

        // A night on which nothing is otherwise writes nobody anew.
        let before = texts(db, "SELECT joined_why FROM segment_member").await.len();
        computes(db, days(1)).await;
        assert_eq!(texts(db, "SELECT joined_why FROM segment_member").await.len(), before);
        let again = store::run::last_done(db, segment).await.unwrap().unwrap();
        assert_ne!(again.id, first.id);
        assert_eq!(again.sha256, first.sha256, "the same people");

        // The birthday, somebody who moves in with the daughter, and somebody new.
        let row = people::find(db, old.id).await.unwrap().unwrap();
        let contact = Contact { version: row.version, phone: None, residence: None, living_alone: false };
        change_contact(db, &cx, &li, old.id, contact, days(9)).await.unwrap();
        computes(db, days(9)).await;
        assert_eq!(stands(db, segment, soon.id).await, Some(Standing::Member));
        assert_eq!(rows(db, segment, soon.id).await[0].joined_why, lines("age:90"));
        let gone = &rows(db, segment, old.id).await[0];
        assert_eq!((gone.until_on, gone.left_why.clone()), (Some(date(2026, 11, 11)), Some(lines("alone"))));

        // The rule takes in others.
        let wider = saying("高龄", "alone+age:80", days(10));
        change(db, &cx, &li, (segment, wider), days(10)).await.unwrap();
        computes(db, days(10)).await;
        assert_eq!(rows(db, segment, young.id).await[0].joined_why, Cause::Rule);
        assert_eq!(rows(db, segment, vague.id).await[0].joined_why, Cause::Rule, "no more doubt: 89 is enough");
        assert_eq!(stands(db, segment, vague.id).await, Some(Standing::Member));

        let seen = since(db, &reader(db, "li").await, (segment, date(2026, 11, 2)), Few::USUAL).await.unwrap();
        let mut joined: Vec<_> = seen.joined.1.iter().map(|row| row.person_id).collect();
        joined.sort_unstable();
        let mut expected = vec![soon.id, vague.id, young.id];
        expected.sort_unstable();
        assert_eq!((seen.joined.0, joined), (3, expected));
        assert_eq!((seen.left.0, seen.left.1[0].person_id), (1, old.id));
        audited(db).await;
    }

    async fn a_doubt_that_time_ends_and_a_role_that_ends(db) {
        let (cx, li) = (context(), worker(db, "li", "330106").await);
        let here = unit(db, "330106").await.id;
        let vague = registered(db, NewPerson { born_on: date(1936, 1, 1), born_precision: Precision::Year, ..someone(here, "丙") }).await;
        let poor = registered(db, someone(here, "丁")).await;
        says(db, &li, (poor.id, FactKind::Hardship), now()).await;
        let old = made(db, &li, ("330106", "age:90")).await.id;
        let need = made(db, &li, ("330106", "hardship|volunteer+party")).await.id;
        computes(db, now()).await;
        assert_eq!(stands(db, need, poor.id).await, Some(Standing::Member));
        fact::commands::end(db, &cx, &li, (poor.id, FactKind::Hardship), (date(2026, 11, 5), days(3))).await.unwrap();
        computes(db, days(3)).await;
        let gone = &rows(db, need, poor.id).await[0];
        assert_eq!((gone.until_on, gone.left_why.clone()), (Some(date(2026, 11, 5)), Some(lines("hardship|volunteer"))));
        // On New Year's Eve whoever was born in 1936 is ninety.
        computes(db, days(59)).await;
        let found = rows(db, old, vague.id).await;
        let [now_in, doubt] = &found[..] else { panic!("two stretches") };
        assert_eq!((doubt.standing, doubt.until_on), (Standing::Unsure, Some(date(2026, 12, 31))));
        assert_eq!((now_in.standing, &now_in.joined_why), (Standing::Member, &lines("age:90")));
        let new = registered(db, someone(here, "戊")).await;
        assert_eq!(stands(db, need, new.id).await, None);
    }

    async fn the_numbers_are_those_of_the_last_computation_and_one_without_them_is_made_again(db) {
        let (cx, li) = (context(), worker(db, "li", "330106").await);
        let (here, there) = (unit(db, "330106").await, unit(db, "330106").await);
        let wang = registered(db, someone(here.id, "王秀英")).await;
        registered(db, someone(there.id, "李国强")).await;
        let segment = made(db, &li, ("330106", "alone")).await.id;
        let mut scopes = reader(db, "li").await.scopes;
        let many = async |scopes: &[Scope]| store::counts(db, scopes).await.unwrap().remove(&(segment, Standing::Member));
        assert_eq!(many(&scopes).await, None, "nothing is computed yet");
        computes(db, now()).await;
        assert_eq!(many(&scopes).await, Some(2));
        // A unit of the region is no more than its part of it; of a unit alone they are counted now.
        let unit = Scope::Unit(here.id);
        scopes.push(unit.clone());
        assert_eq!(many(&scopes).await, Some(2));
        record_death(db, &cx, &li, wang.id, date(2026, 11, 2), days(0)).await.unwrap();
        assert_eq!((many(&scopes).await, many(std::slice::from_ref(&unit)).await), (Some(2), Some(0)));
        computes(db, days(1)).await;
        assert_eq!((many(&scopes).await, many(&[unit]).await), (Some(1), Some(0)));
        let tallies = || texts(db, "SELECT tally FROM segment_run WHERE tally IS NOT NULL");
        assert_eq!(tallies().await, ["330106:member:1"], "the last one alone keeps them");

        // As after an update of the program.
        db.execute_unprepared("UPDATE segment_run SET tally = NULL").await.unwrap();
        computes(db, days(1)).await;
        assert_eq!(tallies().await, ["330106:member:1"]);
        let runs = texts(db, "SELECT sha256 FROM segment_run").await.len();
        computes(db, days(1)).await;
        assert_eq!(texts(db, "SELECT sha256 FROM segment_run").await.len(), runs, "once");

        end(db, &cx, &li, segment, days(1)).await.unwrap();
        assert_eq!(many(&scopes).await, None, "nobody is in it any more");
    }

    async fn a_large_segment_and_a_large_place_are_read_like_small_ones(db) {
        let (cx, li) = (context(), worker(db, "li", "330106").await);
        let here = unit(db, "330106").await.id;
        let mut people = Vec::new();
        for name in ["甲", "乙", "丙", "丁", "戊"] {
            people.push(registered(db, someone(here, name)).await.id);
        }
        let segment = made(db, &li, ("330106", "alone")).await.id;
        computes(db, now()).await;
        record_death(db, &cx, &li, people[0], date(2026, 11, 12), days(12)).await.unwrap();
        let reader = reader(db, "li").await;
        let (large, small) = (Few { people: 0, units: 0 }, Few::USUAL);
        let ids = async |few| {
            let page = page(db, &reader, (segment, Standing::Member), (None, 3), few).await.unwrap();
            page.people.into_iter().map(|person| person.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(large).await.len(), 3);
        assert_eq!(ids(large).await, ids(small).await);
        let changed = async |few| {
            let since = since(db, &reader, (segment, date(2026, 11, 1)), few).await.unwrap();
            [since.joined, since.left].map(|(many, rows)| (many, rows.into_iter().map(|row| row.id).collect::<Vec<_>>()))
        };
        assert_eq!(changed(large).await.each_ref().map(|(many, _)| *many), [5, 1]);
        assert_eq!(changed(large).await, changed(small).await);
    }

    async fn a_death_ends_it_in_its_own_transaction(db) {
        let (cx, li) = (context(), worker(db, "li", "330106").await);
        let here = unit(db, "330106").await.id;
        let wang = registered(db, someone(here, "王老")).await;
        let segment = made(db, &li, ("330106", "party")).await.id;
        computes(db, now()).await;
        record_death(db, &cx, &li, wang.id, date(2026, 11, 12), days(12)).await.unwrap();
        let row = &rows(db, segment, wang.id).await[0];
        assert_eq!((row.until_on, row.left_why.clone(), row.left_run), (Some(date(2026, 11, 12)), Some(Cause::Died), None));
        computes(db, days(12)).await;
        assert_eq!(rows(db, segment, wang.id).await.len(), 1, "nobody comes in again");
        // What is written down late does not end before it began.
        let li_lao = registered(db, someone(here, "李老")).await;
        computes(db, days(13)).await;
        record_death(db, &cx, &li, li_lao.id, date(2026, 11, 1), days(13)).await.unwrap();
        let row = &rows(db, segment, li_lao.id).await[0];
        assert_eq!(row.until_on, Some(row.from_on));
        let seen = since(db, &reader(db, "li").await, (segment, date(2026, 11, 2)), Few::USUAL).await.unwrap();
        assert_eq!((seen.joined.0, seen.left.0), (0, 1), "what ended on its first day never was");
    }

    async fn a_merge_takes_it_along_and_its_undoing_brings_it_back(db) {
        let cx = context();
        let (li, xu) = (worker(db, "li", "330106").await, worker(db, "xu", "330106").await);
        let here = unit(db, "330106").await.id;
        let kept = registered(db, NewPerson { living_alone: false, ..someone(here, "王秀英") }).await;
        let elsewhere = unit(db, "330106").await.id;
        let double = registered(db, someone(elsewhere, "王秀瑛")).await;
        let (alone, party) = (made(db, &li, ("330106", "alone")).await.id, made(db, &li, ("330106", "party")).await.id);
        computes(db, now()).await;
        let merge = merging::propose(db, &cx, &li, (kept.id, double.id), days(1)).await.unwrap();
        merging::decide(db, &cx, &xu, (merge.id, true), days(1)).await.unwrap();
        assert_eq!(stands(db, alone, kept.id).await, Some(Standing::Member), "it goes along");
        assert_eq!(stands(db, party, kept.id).await, Some(Standing::Member));
        assert_eq!(stands(db, party, double.id).await, Some(Standing::Member), "nobody twice");
        managed(db).await;

        merging::undo(db, &cx, &li, merge.id, days(1)).await.unwrap();
        assert_eq!(stands(db, alone, double.id).await, Some(Standing::Member), "and back");
        managed(db).await;
        assert_eq!(stands(db, alone, kept.id).await, None);

        let merge = merging::propose(db, &cx, &li, (kept.id, double.id), days(2)).await.unwrap();
        merging::decide(db, &cx, &xu, (merge.id, true), days(2)).await.unwrap();
        computes(db, days(2)).await;
        // By the record that was kept nobody lives alone; and the other one is nobody's any more.
        assert_eq!(rows(db, alone, kept.id).await[0].left_why, Some(lines("alone")));
        assert_eq!(rows(db, party, double.id).await[0].left_why, Some(Cause::Gone));
        merging::undo(db, &cx, &li, merge.id, days(3)).await.unwrap();
        computes(db, days(3)).await;
        for (segment, person) in [(alone, double.id), (party, double.id), (party, kept.id)] {
            assert_eq!(stands(db, segment, person).await, Some(Standing::Member));
        }
        assert_eq!(stands(db, alone, kept.id).await, None);
        audited(db).await;
    }

    async fn it_is_asked_for_begins_anew_and_ends(db) {
        let (cx, li) = (context(), worker(db, "li", "330106").await);
        let here = unit(db, "330106").await.id;
        for nth in 0..5 {
            registered(db, someone(here, &format!("某人{nth}"))).await;
        }
        let segment = made(db, &li, ("330106", "party")).await.id;
        // The rule is another one in the middle of it.
        for _ in 0..2 {
            domain::segment::walk::some(db, &cx, (2, now())).await.unwrap();
        }
        assert!(store::run::open(db, segment).await.unwrap().is_some());
        assert_eq!(refusal(ask(db, &cx, &li, segment, now()).await), SegmentRefusal::UnderWay);
        change(db, &cx, &li, (segment, saying("党外", "!party", now())), now()).await.unwrap();
        computes(db, now()).await;
        let run = store::run::last_done(db, segment).await.unwrap().unwrap();
        assert_eq!((run.members, run.rule.to_string().as_str()), (0, "managed:330106+!party"));
        ask(db, &cx, &li, segment, now()).await.unwrap();
        computes(db, now()).await;
        assert_ne!(store::run::last_done(db, segment).await.unwrap().unwrap().id, run.id);

        change(db, &cx, &li, (segment, saying("党员", "party", now())), now()).await.unwrap();
        computes(db, now()).await;
        assert_eq!(store::run::last_done(db, segment).await.unwrap().unwrap().members, 5);
        end(db, &cx, &li, segment, days(1)).await.unwrap();
        assert_eq!(texts(db, "SELECT standing FROM segment_member WHERE until_on IS NULL").await, Vec::<String>::new());
        assert_eq!(refusal(ask(db, &cx, &li, segment, days(1)).await), SegmentRefusal::Ended);
        let runs = texts(db, "SELECT rule FROM segment_run").await.len();
        computes(db, days(2)).await;
        assert_eq!(texts(db, "SELECT rule FROM segment_run").await.len(), runs, "it is computed no more");
        audited(db).await;
    }
}
