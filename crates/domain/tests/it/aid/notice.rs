use domain::aid::{
    Refusal, Status,
    commands::{
        notice::{close_due_notices, close_notice_if_due, hanging, preview, publish_notice},
        objection::{object, resolve},
    },
    public_notice::{NoticeState, Outcome, check_minimised},
    store,
};
use domain::ids::ObjectionId;

use super::office::{COUNTY, Office, at, monday, refusal};
use crate::cast::{date, region};

/// As the form gives it.
fn id() -> ObjectionId {
    ObjectionId::new(monday())
}

schema::both! {
    async fn a_notice_says_little_and_hangs_five_working_days_over_the_holidays(db) {
        let office = Office::open(db).await;
        // Approved on Monday the 28th of September. The 29th and 30th are working days, then come the National Days; the 8th
        // and 9th of October are working days, and so is Saturday the 10th (调休).
        let case = office.approved("wang", at(28, 9)).await;
        let publisher = office.proof("publisher").await;
        let seen = preview(db, &publisher, case, at(28, 10)).await.unwrap();
        let notice = office.published(case, at(28, 11)).await;
        assert_eq!(notice.text, seen, "the page and the paper are one text");
        assert_eq!(notice.closes_on, date(2026, 10, 10));
        assert!(notice.text.contains("王*英") && notice.text.contains("医疗类困难"));
        assert_eq!(check_minimised(&notice.text, &office.wang, "某县农业局", ["重大疾病"].into_iter()), Ok(()));

        let county = region(COUNTY);
        assert_eq!(hanging(db, &county, at(40, 23)).await.unwrap().len(), 1);
        assert_eq!(close_due_notices(db, &office.cx, at(40, 23)).await.unwrap(), 0, "all of Saturday belongs to it");
        assert!(hanging(db, &county, at(41, 0)).await.unwrap().is_empty(), "gone by itself");
        let (one, other) = tokio::join!(
            close_notice_if_due(db, &office.cx, notice.id, at(41, 0)),
            close_notice_if_due(db, &office.cx, notice.id, at(41, 0)),
        );
        assert_ne!(one.unwrap(), other.unwrap(), "two servers, one closing");
        assert_eq!(office.status(case).await, Status::ReadyToPay);
        office.closes().await;
    }

    async fn an_objection_stops_the_clock_and_a_dismissal_starts_it_again(db) {
        let office = Office::open(db).await;
        let case = office.approved("wang", monday()).await;
        let notice = office.published(case, monday()).await;
        assert_eq!(notice.closes_on, date(2026, 9, 29), "the 25th is the Mid-Autumn Festival");
        let clerk = office.worker("registrar").await;
        let nothing = object(db, &office.cx, &clerk, (case, id(), " "), at(23, 9)).await;
        assert_eq!(refusal(nothing), Refusal::Objection);
        // On Wednesday three working days are left: Thursday, Monday, Tuesday.
        let first = object(db, &office.cx, &clerk, (case, id(), "已由原单位帮扶"), at(23, 9)).await.unwrap();
        let second = object(db, &office.cx, &clerk, (case, id(), "另有收入"), at(23, 10)).await.unwrap();
        let twice = object(db, &office.cx, &clerk, (case, first.id, "已由原单位帮扶"), at(23, 11)).await.unwrap();
        assert_eq!(twice, first, "a form that is sent twice is one objection");
        assert_eq!(store::notice::objections(db, case).await.unwrap().len(), 2);
        assert_eq!(office.status(case).await, Status::Objected);
        assert_eq!(close_due_notices(db, &office.cx, at(60, 9)).await.unwrap(), 0, "the clock stands still");

        let judge = office.worker("resolver").await;
        resolve(db, &office.cx, &judge, (first.id, Outcome::Dismissed), at(28, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Objected, "another one is open");
        resolve(db, &office.cx, &judge, (second.id, Outcome::Dismissed), at(28, 9)).await.unwrap();
        let running = store::notice::of_case(db, case).await.unwrap().unwrap();
        // Tuesday, Wednesday, and after the holidays the 8th.
        assert_eq!((running.state, running.closes_on), (NoticeState::Open, date(2026, 10, 8)));
        let again = resolve(db, &office.cx, &judge, (second.id, Outcome::Upheld), at(28, 10)).await;
        assert_eq!(refusal(again), Refusal::Stale);
        assert_eq!(close_due_notices(db, &office.cx, at(39, 0)).await.unwrap(), 1);
        office.closes().await;
    }

    async fn an_objection_that_is_right_ends_the_case_and_frees_the_money(db) {
        let office = Office::open(db).await;
        let case = office.approved("wang", monday()).await;
        office.published(case, monday()).await;
        let clerk = office.worker("registrar").await;
        let objection = object(db, &office.cx, &clerk, (case, id(), "并非本人情况"), at(22, 9)).await.unwrap();
        let lead = office.worker("lead").await;
        let own = resolve(db, &office.cx, &lead, (objection.id, Outcome::Dismissed), at(22, 9)).await;
        assert!(matches!(refusal(own), Refusal::Separation(_)), "he judges what he found himself");
        let judge = office.worker("resolver").await;
        let ended = resolve(db, &office.cx, &judge, (objection.id, Outcome::Upheld), at(22, 9)).await.unwrap();
        assert_eq!((ended.status, ended.approved), (Status::Refused, None));
        assert_eq!(office.pot().await, [10_000, 0, 0, 0]);
        assert!(hanging(db, &region(COUNTY), at(22, 10)).await.unwrap().is_empty());
        assert_eq!(office.told("aid.refused").await, ["wang"]);
        office.closes().await;
    }

    async fn a_notice_hangs_once(db) {
        let office = Office::open(db).await;
        let case = office.approved("wang", monday()).await;
        office.published(case, monday()).await;
        let publisher = office.proof("publisher").await;
        let again = publish_notice(db, &office.cx, &publisher, case, monday()).await;
        assert!(matches!(refusal(again), Refusal::NotNow { status: Status::OnNotice, .. }));
        // After its last day it is too late to object, whether or not the job has run.
        let late = object(db, &office.cx, &office.worker("registrar").await, (case, id(), "太晚"), at(30, 9)).await;
        assert!(matches!(refusal(late), Refusal::NotNow { .. }));
    }
}
