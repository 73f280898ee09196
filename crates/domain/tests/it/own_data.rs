//! What belongs to whoever the data is about: yes and no, what is asked, and who has looked.

use chrono::TimeDelta;
use domain::{
    By,
    account::{
        commands::{Link, give_mandate, link_own},
        mandate::Matter,
    },
    aid,
    authority::{AuditAdmin, Myself},
    consent::{
        Purpose,
        commands::{ConsentError, say},
        holds, store,
    },
    export::{
        Filter,
        commands::{NewExport, request, taken},
    },
    ids::PersonId,
    person::{
        self, SealedColumn,
        reveal::{RevealError, reveal, reveal_own},
    },
    privacy::Phone,
    trail::{
        self, Seen,
        read::{who_looked, who_looked_at_me},
        seen,
    },
    wish::{
        Answer, Kind,
        commands::{WishError, answer, ask, read},
    },
};
use secrecy::ExposeSecret;

use crate::{
    aid::office::{Office, at},
    cast::{context, date, holder, joined, now, region, registered, someone, terms, unit, worker},
};

schema::both! {
    async fn a_yes_that_is_taken_back_counts_from_that_moment_on(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let wang = registered(db, someone(unit.id, "王秀英")).await;
        let own = joined(db, "wang").await;
        link_own(db, &cx, &worker, &Link { account: &own, person: wang.id, proof: "identity_seen" }, now()).await.unwrap();
        let me = Myself::of(db, &own, now()).await.unwrap().unwrap();
        let publicity = Purpose::Publicity;
        assert!(!holds(db, wang.id, publicity, now()).await.unwrap(), "nobody has asked");
        say(db, &cx, &me, (publicity, true), now()).await.unwrap();
        say(db, &cx, &me, (publicity, true), now()).await.unwrap();
        assert!(holds(db, wang.id, publicity, now()).await.unwrap());
        assert!(!holds(db, wang.id, Purpose::Doctor, now()).await.unwrap(), "one yes is for one thing");
        let later = now() + TimeDelta::seconds(1);
        say(db, &cx, &me, (publicity, false), later).await.unwrap();
        assert!(!holds(db, wang.id, publicity, later).await.unwrap());
        assert!(holds(db, wang.id, publicity, now()).await.unwrap(), "and what was so stays on record");
        assert_eq!(store::of_person(db, wang.id, 9).await.unwrap().len(), 2);
    }

    async fn family_sees_what_is_on_record_only_while_the_person_says_yes(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let wang = registered(db, someone(unit.id, "王秀英")).await;
        let (own, daughter) = (joined(db, "wang").await, joined(db, "daughter").await);
        link_own(db, &cx, &worker, &Link { account: &own, person: wang.id, proof: "identity_seen" }, now()).await.unwrap();
        let given = Link { account: &daughter, person: wang.id, proof: "witnessed" };
        give_mandate(db, &cx, &worker, (&given, &terms(now() + TimeDelta::days(9))), now()).await.unwrap();
        let about = |matter| (wang.id, matter);
        let acting = Myself::acting_for(db, &daughter, about(Matter::Information), now()).await.unwrap().unwrap();
        assert!(matches!(say(db, &cx, &acting, (Purpose::Publicity, true), now()).await, Err(ConsentError::NotOneself)));
        let me = Myself::of(db, &own, now()).await.unwrap().unwrap();
        let later = now() + TimeDelta::seconds(1);
        say(db, &cx, &me, (Purpose::Family, false), later).await.unwrap();
        assert!(Myself::acting_for(db, &daughter, about(Matter::Information), later).await.unwrap().is_none(), "at once");
        assert!(Myself::acting_for(db, &daughter, about(Matter::Aid), later).await.unwrap().is_some());
    }

    async fn one_sees_who_looked_and_not_oneself(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let new = person::NewPerson { phone: Some(Phone::parse("13800001234").unwrap()), ..someone(unit.id, "王秀英") };
        let wang = registered(db, new).await;
        let own = joined(db, "wang").await;
        link_own(db, &cx, &worker, &Link { account: &own, person: wang.id, proof: "identity_seen" }, now()).await.unwrap();
        let me = Myself::of(db, &own, now()).await.unwrap().unwrap();
        seen(db, &cx, &worker, (wang.id, Seen::Page), now()).await.unwrap();
        let what = (wang.id, SealedColumn::Phone);
        reveal(db, &cx, &worker, what, person::reveal::Purpose::Contact, now()).await.unwrap();
        let clear = reveal_own(db, &cx, &me, SealedColumn::Phone, now()).await.unwrap();
        assert_eq!(clear.expose_secret(), "13800001234");
        let none = reveal_own(db, &cx, &me, SealedColumn::Payout, now()).await;
        assert!(matches!(none, Err(RevealError::NotFound)));
        let time = (now() - TimeDelta::days(1), now() + TimeDelta::days(1));
        let looked = who_looked_at_me(db, &me, time, 50).await.unwrap();
        let actions: Vec<&str> = looked.iter().map(|row| row.action.as_str()).collect();
        assert_eq!(actions, ["person.revealed", "person.seen"]);
        let before = (now() - TimeDelta::days(9), now() - TimeDelta::days(1));
        assert!(who_looked_at_me(db, &me, before, 50).await.unwrap().is_empty());
        // However often one has looked oneself.
        for hour in 1..9 {
            reveal_own(db, &cx, &me, SealedColumn::Phone, now() + TimeDelta::hours(hour)).await.unwrap();
        }
        let few = who_looked_at_me(db, &me, time, 2).await.unwrap();
        assert_eq!(few.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), actions);
    }

    async fn a_look_at_a_list_of_payments_is_a_look_at_whoever_stands_in_it(db) {
        let office = Office::open(db).await;
        office.paid().await;
        let (county, place) = (region("330106"), region("33"));
        let payer = office.payer("confirmer").await;
        let looks = async |region, year, file, at| {
            let list = (region, year, 1, file);
            aid::figures::looked(db, &office.cx, By::from(&payer), list, at).await.unwrap();
        };
        looks(&county, 2026, None, at(48, 9)).await;
        looks(&county, 2026, None, at(60, 9)).await;
        looks(&place, 2026, Some("00ff"), at(61, 9)).await;
        looks(&county, 2025, None, at(61, 10)).await;
        looks(&region("330105"), 2026, None, at(61, 11)).await;
        let me = office.myself("wang").await;
        let rows = who_looked_at_me(db, &me, (at(1, 0), at(90, 0)), 50).await.unwrap();
        let lists: Vec<_> = rows.iter().filter(|row| row.action.starts_with("aid.paid")).map(|row| row.at).collect();
        assert_eq!(lists, [at(61, 9), at(60, 9)], "what was seen before she was paid, elsewhere or of another year is not about her");
    }

    async fn in_whose_file_one_was_is_found_among_many_people(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let admin: AuditAdmin = holder(db, "audit", "330106").await;
        let (wang, li) = (registered(db, someone(unit.id, "王秀英")).await, registered(db, someone(unit.id, "李国强")).await);
        let purpose = domain::export::Purpose::Visit;
        let seen = domain::export::Seen::nobody(date(2026, 11, 2));
        let new = NewExport { purpose, filter: Filter::default(), complete: true };
        let asked = request(db, &cx, &worker, (new, &seen), now()).await.unwrap();
        let none = taken(db, &cx, &worker, (asked.id, &[wang.id], "00"), now()).await;
        assert!(none.is_err(), "it waits for a second person");
        let export = request(db, &cx, &worker, (NewExport { complete: false, ..new }, &seen), now()).await.unwrap();
        let others = || (0..700).map(|_| PersonId::new(now()));
        let people: Vec<PersonId> = others().chain([wang.id]).chain(others()).collect();
        taken(db, &cx, &worker, (export.id, &people, "00ff"), now()).await.unwrap();
        let later = now() + TimeDelta::hours(1);
        let without: Vec<PersonId> = others().collect();
        taken(db, &cx, &worker, (export.id, &without, "00fe"), later).await.unwrap();
        let time = (now() - TimeDelta::days(1), now() + TimeDelta::days(1));
        let looked = who_looked(db, &cx, &admin, (wang.id, time), now()).await.unwrap();
        assert_eq!(looked.len(), 1, "the second file was without");
        assert_eq!((looked[0].action.as_str(), looked[0].actor.as_str()), ("export.taken", "w1"));
        assert_eq!(trail::look(&looked[0]), "导出名册，号码遮住中间");
        assert_eq!(trail::purpose(&looked[0]), Some("走访慰问"));
        assert!(who_looked(db, &cx, &admin, (li.id, time), now()).await.unwrap().is_empty());
        let before = (now() - TimeDelta::days(9), now() - TimeDelta::days(1));
        assert!(who_looked(db, &cx, &admin, (wang.id, before), now()).await.unwrap().is_empty());
    }

    async fn what_is_asked_about_the_own_record_is_answered_with_the_rule(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let (mine, neighbour) = (worker(db, "w1", "330106").await, worker(db, "w2", "330105").await);
        let wang = registered(db, someone(unit.id, "王秀英")).await;
        let own = joined(db, "wang").await;
        link_own(db, &cx, &mine, &Link { account: &own, person: wang.id, proof: "identity_seen" }, now()).await.unwrap();
        let me = Myself::of(db, &own, now()).await.unwrap().unwrap();
        for nothing in ["", "  ", &"长".repeat(501)] {
            assert!(matches!(ask(db, &cx, &me, (Kind::Delete, nothing), now()).await, Err(WishError::Words)));
        }
        let wish = ask(db, &cx, &me, (Kind::Delete, "把我的发放记录删掉"), now()).await.unwrap();
        assert!(matches!(read(db, &cx, &neighbour, wish.id, now()).await, Err(WishError::NotFound)));
        assert_eq!(read(db, &cx, &mine, wish.id, now()).await.unwrap().expose_secret(), "把我的发放记录删掉");
        answer(db, &cx, &mine, (wish.id, Answer::Accounting), now()).await.unwrap();
        assert!(matches!(answer(db, &cx, &mine, (wish.id, Answer::Done), now()).await, Err(WishError::Already)));
        for _ in 0..5 {
            ask(db, &cx, &me, (Kind::Correct, "名字写错了"), now()).await.unwrap();
        }
        assert!(matches!(ask(db, &cx, &me, (Kind::Correct, "再来一次"), now()).await, Err(WishError::Enough)));
    }
}
