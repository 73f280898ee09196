use chrono::NaiveDate;
use domain::{
    aid::{
        AidError, Channel, Happened, Refusal, Status,
        category::reference::offers,
        clock::clocks,
        commands::{
            accept::accept,
            enter::{NewEntry, enter, form_of, print, print_for_unit},
            withdraw::withdraw,
        },
        draft::{Answer, Answers, Complete, Question, Raw, Since},
        progress::{one, progress},
        separation::{Part, Rule},
        store,
    },
    ids::DraftId,
};

use super::office::{Office, at, in_need, monday, refusal};
use crate::cast::{date, login};

fn answers() -> Complete {
    let mut answers = Answers::default();
    while let Some(question) = Question::next(&answers) {
        let choice = match question {
            Question::WhatHappened => "illness",
            Question::SinceWhen => Since::LastMonth.code(),
            Question::HelpElsewhere => "nobody",
            _ => "on_file",
        };
        let raw = Raw { choices: vec![choice.to_owned()], text: "难".to_owned(), ..Raw::default() };
        answers = answers.with(Answer::parse(question, &raw, &offers()).ok().unwrap());
    }
    answers.complete().ok().unwrap()
}

fn entry(office: &Office<'_>, channel: Channel, received_on: NaiveDate, form: Option<&str>) -> NewEntry {
    NewEntry {
        id: DraftId::new(monday()),
        person: office.wang.id,
        channel,
        received_on,
        answers: answers(),
        form: form.map(str::to_owned),
    }
}

schema::both! {
    async fn what_a_worker_enters_is_a_case_of_the_person_and_the_worker_is_its_registrar(db) {
        let office = Office::open(db).await;
        let (cx, today) = (&office.cx, date(2026, 9, 21));
        let registrar = office.worker("registrar").await;
        let new = entry(&office, Channel::Spouse, today, None);
        let case = enter(db, cx, &registrar, new.clone(), monday()).await.unwrap();
        assert_eq!(enter(db, cx, &registrar, new.clone(), monday()).await.unwrap().id, case.id, "a second tap");
        assert_eq!((case.status, case.channel, case.for_another), (Status::Submitted, Channel::Spouse, false));
        let happened = Happened::Entered { channel: Channel::Spouse, received_on: today, form: None };
        assert_eq!(office.log(case.id).await, [happened]);
        assert_eq!(office.told("aid.received").await, ["wang"], "the person, and not the worker");
        assert_eq!(progress(db, &login("wang"), monday()).await.unwrap().len(), 1);
        assert_eq!(progress(db, &login("registrar"), monday()).await.unwrap(), []);
        assert!(one(db, &login("registrar"), case.id, monday()).await.unwrap().is_none());

        // He has registered it: he takes it, and has no other part.
        let visit = Office::visit("registrar", "second", today, 3000);
        accept(db, cx, &registrar, case.id, monday()).await.unwrap();
        let visited = domain::aid::commands::visit::record_visit(db, cx, &registrar, (case.id, visit), monday()).await;
        let rule = Rule { did: Part::Registrar, wants: Part::VisitLead };
        assert_eq!(refusal(visited), Refusal::Separation(rule));
        // The person takes it back, and nobody of the office for her.
        let wang = office.myself("wang").await;
        assert_eq!(withdraw(db, cx, &wang, case.id, monday()).await.unwrap().status, Status::Withdrawn);
        office.closes().await;
    }

    async fn whoever_is_close_to_the_person_enters_nothing_for_her(db) {
        let office = Office::open(db).await;
        office.hire("kin", domain::authority::Role::Worker).await;
        office.mandate("kin", office.wang.id).await;
        let kin = office.worker("kin").await;
        let new = entry(&office, Channel::Counter, date(2026, 9, 21), None);
        assert!(matches!(refusal(enter(db, &office.cx, &kin, new, monday()).await), Refusal::Separation(_)));
        assert_eq!(domain::aid::store::case::of_person(db, office.wang.id).await.unwrap(), []);
        let elsewhere = crate::cast::worker(db, "elsewhere", "330205").await;
        let new = entry(&office, Channel::Counter, date(2026, 9, 21), None);
        assert!(matches!(enter(db, &office.cx, &elsewhere, new, monday()).await, Err(AidError::NotFound)));
    }

    async fn the_clock_of_a_paper_begins_on_the_day_it_came(db) {
        let office = Office::open(db).await;
        let registrar = office.worker("registrar").await;
        for wrong in [date(2026, 9, 22), date(2026, 7, 22)] {
            let new = entry(&office, Channel::Paper, wrong, None);
            assert_eq!(refusal(enter(db, &office.cx, &registrar, new, monday()).await), Refusal::ReceivedDate);
        }
        let new = entry(&office, Channel::Paper, date(2026, 7, 23), None);
        let case = enter(db, &office.cx, &registrar, new, monday()).await.unwrap();
        assert_eq!(domain::calendar::local_date(case.status_at), date(2026, 7, 23));
        let calendar = domain::calendar::Calendar::load(db).await.unwrap();
        let limits = store::procedure::limits(db, &case.region).await.unwrap();
        let log = store::case::log(db, case.id).await.unwrap();
        let today = domain::calendar::local_date(monday());
        let clocks = clocks(&log, &calendar, |limit, on| limits.value(limit, on), today);
        let first = clocks.first().unwrap();
        assert_eq!(first.began_on, date(2026, 7, 23));
        assert!(first.is_late(today) && first.due_on < Some(date(2026, 8, 1)), "it has waited long");
        office.closes().await;
    }

    async fn a_printed_form_becomes_one_case_of_whom_it_was_printed_for(db) {
        let office = Office::open(db).await;
        let (cx, today) = (&office.cx, date(2026, 9, 21));
        let registrar = office.worker("registrar").await;
        let elsewhere = crate::cast::worker(db, "elsewhere", "330205").await;
        let other = crate::cast::registered(db, in_need(office.wang.unit_id, "李建国")).await;
        assert!(matches!(print(db, cx, &elsewhere, office.wang.id, monday()).await, Err(AidError::NotFound)));
        let hers = print(db, cx, &registrar, other.id, monday()).await.unwrap();
        let new = entry(&office, Channel::Paper, today, Some(&hers.number));
        assert_eq!(refusal(enter(db, cx, &registrar, new, monday()).await), Refusal::NoSuchForm, "somebody else's");
        let new = entry(&office, Channel::Paper, today, Some("000000000"));
        assert_eq!(refusal(enter(db, cx, &registrar, new, monday()).await), Refusal::NoSuchForm);

        let anybodys = print_for_unit(db, cx, &registrar, office.wang.unit_id, monday()).await.unwrap();
        assert!(form_of(db, |place| registrar.covers(place), &anybodys.number).await.is_ok());
        assert!(matches!(form_of(db, |place| elsewhere.covers(place), &anybodys.number).await, Err(AidError::NotFound)));
        let new = entry(&office, Channel::Paper, today, Some(&anybodys.number));
        let case = enter(db, cx, &registrar, new, monday()).await.unwrap();
        let form = form_of(db, |place| registrar.covers(place), &anybodys.number).await.unwrap();
        assert_eq!(form.case_id, Some(case.id));
        let again = NewEntry { person: other.id, ..entry(&office, Channel::Paper, today, Some(&anybodys.number)) };
        assert_eq!(refusal(enter(db, cx, &registrar, again, at(22, 9)).await), Refusal::FormUsed);
        office.closes().await;
    }
}
