use chrono::TimeDelta;
use domain::{
    authority::{Grants, Role, Scope},
    person::{fact, fact::FactKind, fact::NewFact, fact::Value},
    segment::{
        Book, Cause, Reader, SegmentError, SegmentRefusal, ServiceStandard, Standing,
        changes::{Few, page},
        commands::{Saying, change, end, make},
        store,
        trial::trial,
    },
};
use sea_orm::DatabaseConnection;

use super::{computes, made, refusal, rows, saying, stands};
use crate::cast::{
    audited, context, date, granted, joined, login, managed, now, region, registered, someone, unit, worker,
};

async fn reader(db: &DatabaseConnection, id: &str) -> Reader {
    let grants = Grants::of(db, &login(id), now()).await.unwrap();
    Reader::of(db, &grants).await.unwrap().unwrap()
}

schema::both! {
    async fn everybody_sees_his_own_people_in_a_segment_of_the_province(db) {
        let chief = worker(db, "chief", "33").await;
        for (id, code) in [("here", "330106"), ("there", "330105")] {
            worker(db, id, code).await;
        }
        let (one, other) = (unit(db, "330106").await, unit(db, "330105").await);
        joined(db, "inside").await;
        granted(db, &login("inside"), Role::Worker, Scope::Unit(other.id)).await;
        let mut people = Vec::new();
        for (unit, name) in [(&one, "安一"), (&one, "白二"), (&one, "蔡三"), (&other, "丁四")] {
            people.push(registered(db, someone(unit.id, name)).await.id);
        }
        let whole = made(db, &chief, ("33", "party")).await.id;
        let county = made(db, &worker(db, "also", "330106").await, ("330106", "party")).await.id;
        computes(db, now()).await;
        let book = Book::load(db).await.unwrap();
        for (id, finds_county, seen) in [
            ("chief", true, &people[..]),
            ("here", true, &people[..3]),
            ("there", false, &people[3..]),
            ("inside", false, &people[3..]),
        ] {
            let reader = reader(db, id).await;
            assert!(reader.finds(&book, whole).is_some(), "{id}");
            assert_eq!(reader.finds(&book, county).is_some(), finds_county, "{id}");
            // Two on a page, one page after the other.
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let page = page(db, &reader, (whole, Standing::Member), (after, 2), Few::USUAL).await.unwrap();
                found.extend(page.people.iter().map(|person| person.id));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(found, seen, "{id}, in the order of names");
            let counts = store::counts(db, &reader.scopes).await.unwrap();
            let many = counts.get(&(whole, Standing::Member)).copied();
            assert_eq!(many, Some(i64::try_from(seen.len()).unwrap()), "{id}");
            assert!(page(db, &reader, (whole, Standing::Unsure), (None, 2), Few::USUAL).await.unwrap().people.is_empty());
        }
    }

    async fn who_moves_away_or_is_kept_where_no_list_reaches_goes_out(db) {
        let (cx, chief) = (context(), worker(db, "chief", "33").await);
        let (one, other) = (unit(db, "330106").await, unit(db, "330105").await);
        let (mover, leader) = (registered(db, someone(one.id, "安一")).await, registered(db, someone(one.id, "白二")).await);
        let county = made(db, &chief, ("33", "party")).await.id;
        let own = made(db, &worker(db, "li", "330106").await, ("330106", "party")).await.id;
        computes(db, now()).await;
        let later = now() + TimeDelta::days(3);
        fact::transfer::transfer(db, &cx, &chief, (mover.id, other.id, "示例"), (date(2026, 11, 5), later)).await.unwrap();
        let new = NewFact { kind: FactKind::ProvincialLeader, value: Value::Bare, from_on: date(2026, 11, 5), basis: "示例".to_owned() };
        fact::commands::record(db, &cx, &chief, (leader.id, new), later).await.unwrap();
        let seen = page(db, &reader(db, "chief").await, (county, Standing::Member), (None, 9), Few::USUAL).await.unwrap();
        managed(db).await;
        assert_eq!(seen.people.iter().map(|person| person.id).collect::<Vec<_>>(), [mover.id], "at once");
        computes(db, later).await;
        assert_eq!(rows(db, own, mover.id).await[0].left_why, Some("lines:managed:330106".parse().unwrap()));
        assert_eq!(stands(db, county, mover.id).await, Some(Standing::Member));
        for segment in [county, own] {
            assert_eq!(rows(db, segment, leader.id).await[0].left_why, Some(Cause::Gone));
        }
    }

    async fn a_county_narrows_what_the_province_says_and_never_widens_it(db) {
        let cx = context();
        let (chief, li) = (worker(db, "chief", "33").await, worker(db, "li", "330106").await);
        let stranger = worker(db, "stranger", "330105").await;
        let (one, other) = (unit(db, "330106").await, unit(db, "330105").await);
        let (here, there) = (registered(db, someone(one.id, "安一")).await, registered(db, someone(other.id, "白二")).await);
        let outside = make(db, &cx, &li, (region("33"), None, saying("全省", "party", now())), now()).await;
        assert!(matches!(outside, Err(SegmentError::NotFound)), "a county makes nothing for the province");
        let base = made(db, &chief, ("33", "alone")).await.id;
        let mut rarer = saying("本县独居党员", "party", now());
        rarer.service = ServiceStandard { every_days: 31, ..rarer.service };
        let new = |saying: Saying| (region("330106"), Some(base), saying);
        assert_eq!(refusal(make(db, &cx, &li, new(rarer), now()).await), SegmentRefusal::Rarer);
        let narrow = make(db, &cx, &li, new(saying("本县独居党员", "party", now())), now()).await.unwrap();
        let foreign = make(db, &cx, &chief, (region("33"), Some(narrow.id), saying("反过来", "party", now())), now()).await;
        assert!(matches!(foreign, Err(SegmentError::NotFound)), "nobody narrows what is below");
        computes(db, now()).await;
        assert_eq!(stands(db, base, there.id).await, Some(Standing::Member));
        assert_eq!(stands(db, narrow.id, here.id).await, Some(Standing::Member));
        assert_eq!(stands(db, narrow.id, there.id).await, None);
        let run = store::run::last_done(db, narrow.id).await.unwrap().unwrap();
        assert_eq!(run.rule.to_string(), "managed:330106+alone+party");

        // What the province says anew holds below, too, without anybody doing anything there.
        assert!(matches!(change(db, &cx, &li, (base, saying("x", "party", now())), now()).await, Err(SegmentError::NotFound)));
        change(db, &cx, &chief, (base, saying("高龄独居", "alone+age:90", now())), now()).await.unwrap();
        computes(db, now()).await;
        assert_eq!(stands(db, narrow.id, here.id).await, None);
        assert_eq!(Book::load(db).await.unwrap().versions_of(base).count(), 2, "the old one stays");

        assert!(matches!(end(db, &cx, &stranger, narrow.id, now()).await, Err(SegmentError::NotFound)));
        end(db, &cx, &chief, base, now()).await.unwrap();
        let book = Book::load(db).await.unwrap();
        assert!(!book.find(narrow.id).unwrap().is_live(date(2026, 11, 2)), "what narrows it ends with it");
        assert!(book.in_force(date(2026, 11, 2)).is_empty());
        audited(db).await;
    }

    async fn it_is_tried_before_it_is_saved(db) {
        let cx = context();
        let (chief, li) = (worker(db, "chief", "33").await, worker(db, "li", "330106").await);
        let (one, other) = (unit(db, "330106").await, unit(db, "330105").await);
        for nth in 0..12 {
            registered(db, someone(one.id, &format!("某人{nth}"))).await;
        }
        registered(db, someone(other.id, "白二")).await;
        let (county, rule) = (region("330106"), "managed:330106+party".parse().unwrap());
        let tried = trial(db, &li, (&county, &rule), now()).await.unwrap().unwrap();
        assert_eq!((tried.members, tried.unsure, tried.sample.len(), tried.whole), (12, 0, 10, true));
        let doubt = "managed:330106+lives:330106".parse().unwrap();
        let tried = trial(db, &chief, (&county, &doubt), now()).await.unwrap().unwrap();
        assert_eq!((tried.members, tried.unsure), (0, 12));
        assert!(trial(db, &li, (&region("330105"), &rule), now()).await.unwrap().is_none());

        let refused = async |new: Saying| refusal(make(db, &cx, &li, (county.clone(), None, new), now()).await);
        let good = || saying("党员", "party", now());
        assert_eq!(refused(Saying { name: " ".to_owned(), ..good() }).await, SegmentRefusal::NoName);
        assert_eq!(refused(Saying { source: String::new(), ..good() }).await, SegmentRefusal::NoSource);
        assert_eq!(refused(saying("党员", "", now())).await, SegmentRefusal::NoRule);
        assert_eq!(refused(Saying { from_on: date(2026, 11, 1), ..good() }).await, SegmentRefusal::InThePast);
        let never = ServiceStandard { every_days: 0, ..good().service };
        assert_eq!(refused(Saying { service: never, ..good() }).await, SegmentRefusal::Days);
        let later = Saying { from_on: date(2026, 12, 1), ..good() };
        let made = make(db, &cx, &li, (county.clone(), None, later), now()).await.unwrap();
        assert_eq!(refused(good()).await, SegmentRefusal::Exists);
        let before = change(db, &cx, &li, (made.id, good()), now()).await;
        assert_eq!(refusal(before), SegmentRefusal::BeforeLast);
        let ahead = domain::segment::commands::ask(db, &cx, &li, made.id, now()).await;
        assert_eq!(refusal(ahead), SegmentRefusal::NotYet);
        computes(db, now()).await;
        assert!(store::run::last_done(db, made.id).await.unwrap().is_none(), "its day has not come");
        computes(db, now() + TimeDelta::days(29)).await;
        assert_eq!(store::run::last_done(db, made.id).await.unwrap().unwrap().members, 12);
    }
}
