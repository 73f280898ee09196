//! 时限: what runs and what was done, by county and step; and how long a step may take, by two people's word.

use domain::{
    aid::{
        AidError, Refusal,
        clock::report,
        commands::{
            accept::accept,
            procedure::{NewProcedure, decide, propose},
            supplement::ask,
        },
        procedure::Limit,
        store,
    },
    authority::{Proof, Scope, held},
    ids::SupplementId,
};

use super::office::{COUNTY, Office, at, in_need, monday, refusal};
use crate::cast::{date, holder, region, registered};

type Worker = Proof<held::Worker>;

fn new(code: &str, limit: Limit, value: i32) -> NewProcedure {
    let source = "示例〔2026〕7号".to_owned();
    NewProcedure { region: region(code), limit, valid_from: date(2026, 10, 1), value, source }
}

schema::both! {
    async fn the_report_says_of_each_county_and_step_what_runs_and_what_is_late(db) {
        let office = Office::open(db).await;
        let registrar = office.worker("registrar").await;
        let first = office.submitted("wang", monday()).await.id;
        accept(db, &office.cx, &registrar, first, at(31, 9)).await.unwrap();
        let zhao = registered(db, in_need(office.wang.unit_id, "赵德福")).await;
        office.link("zhao", zhao.id).await;
        let second = office.submitted("zhao", at(22, 9)).await.id;
        let asked = (second, SupplementId::new(monday()), "还差发票");
        ask(db, &office.cx, &registrar, asked, at(23, 9)).await.unwrap();

        let scopes = [Scope::Region(region("3301"))];
        let it = report(db, &scopes, date(2026, 10, 16)).await.unwrap();
        let line = |limit| it.lines[&(region(COUNTY), limit)].clone();
        // Accepted on Thursday the 1st of October, a holiday: six working days, and the last of five had been the 29th.
        let accepted = line(Limit::Accept);
        assert_eq!((accepted.done, accepted.done_late, accepted.used), (1, 1, 6));
        assert_eq!((accepted.open, accepted.standing, accepted.late), (1, 1, 0), "what stands still is not late");
        assert_eq!((line(Limit::Supply).open, line(Limit::Supply).late), (1, 0));
        let visit = line(Limit::Visit);
        assert_eq!((visit.open, visit.late, visit.done), (1, 1, 0));
        let number = office.case(first).await.number;
        assert_eq!((it.late.len(), &it.late[0].number, it.late[0].due_on), (1, &number, date(2026, 10, 13)));

        let elsewhere = report(db, &[Scope::Region(region("3302"))], date(2026, 10, 16)).await.unwrap();
        assert_eq!(elsewhere, domain::aid::clock::Report::default());
        assert_eq!(report(db, &[], date(2026, 10, 16)).await.unwrap(), elsewhere);
    }

    async fn a_limit_is_in_force_by_two_peoples_word_and_no_wider_than_above(db) {
        let office = Office::open(db).await;
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        let longer = propose(db, &office.cx, &lead, new(COUNTY, Limit::Accept, 6), monday()).await;
        assert!(matches!(refusal(longer), Refusal::ProcedureContradicts { value: 5, .. }));
        let less = propose(db, &office.cx, &lead, new(COUNTY, Limit::Appeal, 10), monday()).await;
        assert!(matches!(refusal(less), Refusal::ProcedureContradicts { value: 15, .. }));
        for days in [0, 251] {
            let odd = propose(db, &office.cx, &lead, new(COUNTY, Limit::Accept, days), monday()).await;
            assert_eq!(refusal(odd), Refusal::Procedure);
        }
        let up = propose(db, &office.cx, &lead, new("3301", Limit::Accept, 3), monday()).await;
        assert!(matches!(up, Err(AidError::NotFound)), "above one's own place nobody writes");

        let it = propose(db, &office.cx, &lead, new(COUNTY, Limit::Accept, 3), monday()).await.unwrap();
        let own = decide(db, &office.cx, &lead, (it.id, true), monday()).await;
        assert_eq!(refusal(own), Refusal::OwnStandard);
        let days = async |on| store::procedure::limits(db, &region(COUNTY)).await.unwrap().value(Limit::Accept, on);
        assert_eq!(days(date(2026, 10, 1)).await, Some(5), "not before it is decided");
        decide(db, &office.cx, &second, (it.id, true), monday()).await.unwrap();
        assert_eq!((days(date(2026, 9, 30)).await, days(date(2026, 10, 1)).await), (Some(5), Some(3)));
        let again = decide(db, &office.cx, &second, (it.id, false), monday()).await;
        assert_eq!(refusal(again), Refusal::StandardDecided);
        let twice = propose(db, &office.cx, &lead, new(COUNTY, Limit::Accept, 2), monday()).await.unwrap();
        let twice = decide(db, &office.cx, &second, (twice.id, true), monday()).await;
        assert_eq!(refusal(twice), Refusal::StandardExists);
        // What the city shortens later binds the county, too.
        let (city, other): (Worker, Worker) = (holder(db, "city", "3301").await, holder(db, "other", "3301").await);
        let shorter = propose(db, &office.cx, &city, new("3301", Limit::Accept, 2), monday()).await.unwrap();
        decide(db, &office.cx, &other, (shorter.id, true), monday()).await.unwrap();
        assert_eq!(days(date(2026, 10, 1)).await, Some(2));
        office.closes().await;
    }
}
