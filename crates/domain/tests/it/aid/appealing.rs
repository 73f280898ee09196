//! 申诉: in time, judged once, by somebody with no part in the case.

use domain::{
    aid::{
        AidError, Decision, Happened, Refusal, Status,
        appeal::Outcome,
        commands::{
            accept::accept,
            appeal::{file, file_for, judge},
            decline::decline,
            notice::close_due_notices,
            objection::{object, resolve},
            visit::record_visit,
        },
        ruling::Ground,
        separation::{Part, Rule},
        store,
    },
    authority::Role,
    calendar::local_date,
    ids::{AppealId, CaseId, ObjectionId},
    person::death::record_death,
};

use super::office::{Office, at, monday, refusal};
use crate::cast::date;

/// As the form gives it.
fn id() -> AppealId {
    AppealId::new(monday())
}

/// Declined on Tuesday, with somebody in the office who has no part in anything.
async fn declined(office: &Office<'_>) -> CaseId {
    office.hire("judge", Role::Worker).await;
    let case = office.submitted("wang", monday()).await.id;
    let registrar = office.worker("registrar").await;
    let why = (case, Ground::NotThisKind, "不是这一类");
    decline(office.db, &office.cx, &registrar, why, at(22, 9)).await.unwrap();
    case
}

schema::both! {
    async fn an_appeal_that_is_right_goes_on_where_it_was_stopped(db) {
        let office = Office::open(db).await;
        let case = declined(&office).await;
        let (herself, appeal) = (office.myself("wang").await, id());
        for _ in 0..2 {
            file(db, &office.cx, &herself, (case, appeal, "我的情况符合规定"), at(24, 9)).await.unwrap();
        }
        assert_eq!(store::paper::appeals(db, case).await.unwrap().len(), 1, "a form that is sent twice is one appeal");
        assert_eq!(office.status(case).await, Status::Contested);
        assert_eq!(office.told("aid.appealed").await, ["wang"]);

        let registrar = office.worker("registrar").await;
        let own = judge(db, &office.cx, &registrar, (appeal, Outcome::Dismissed, "维持"), at(28, 9)).await;
        let rule = Rule { did: Part::Registrar, wants: Part::AppealJudge };
        assert_eq!(refusal(own), Refusal::Separation(rule), "nobody judges what he decided himself");
        let other = office.worker("judge").await;
        let silent = judge(db, &office.cx, &other, (appeal, Outcome::Upheld, ""), at(28, 9)).await;
        assert_eq!(refusal(silent), Refusal::Words);
        judge(db, &office.cx, &other, (appeal, Outcome::Upheld, "应当受理"), at(28, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Submitted);
        assert_eq!(office.told("aid.appeal_upheld").await, ["wang"]);
        let again = judge(db, &office.cx, &other, (appeal, Outcome::Dismissed, "不"), at(28, 10)).await;
        assert_eq!(refusal(again), Refusal::Stale);

        accept(db, &office.cx, &registrar, case, at(29, 9)).await.unwrap();
        let visit = Office::visit("judge", "second", date(2026, 9, 29), 3000);
        let after = record_visit(db, &office.cx, &other, (case, visit), at(29, 10)).await;
        let rule = Rule { did: Part::AppealJudge, wants: Part::VisitLead };
        assert_eq!(refusal(after), Refusal::Separation(rule), "and has no part after");
        office.closes().await;
    }

    async fn after_an_objection_that_was_right_it_is_heard_paid_and_told_anew(db) {
        let office = Office::open(db).await;
        office.hire("judge", Role::Worker).await;
        let case = office.approved("wang", monday()).await;
        office.published(case, monday()).await;
        let registrar = office.worker("registrar").await;
        let said = (case, ObjectionId::new(monday()), "并非本人情况");
        let objection = object(db, &office.cx, &registrar, said, at(22, 9)).await.unwrap();
        let resolver = office.worker("resolver").await;
        resolve(db, &office.cx, &resolver, (objection.id, Outcome::Upheld), at(22, 10)).await.unwrap();
        assert_eq!(office.pot().await, [10_000, 0, 0, 0]);

        let (herself, appeal, other) = (office.myself("wang").await, id(), office.worker("judge").await);
        file(db, &office.cx, &herself, (case, appeal, "异议说的不是我"), at(23, 9)).await.unwrap();
        judge(db, &office.cx, &other, (appeal, Outcome::Upheld, "核实是本人"), at(24, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Visited);
        let instance = office.asked(case, at(28, 9)).await;
        office.decides("approver", Decision::Agree, &instance, at(28, 10)).await.unwrap();
        assert_eq!(office.told("aid.approved_again").await, ["wang"]);
        let second = office.published(case, at(28, 11)).await;
        assert_eq!(store::notice::of_case(db, case).await.unwrap().unwrap(), second);
        assert_eq!(office.pot().await, [7000, 3000, 0, 0]);
        // An objection once more, and once more it is right: the money is free a second time.
        let said = (case, ObjectionId::new(monday()), "另有一处不实");
        let objection = object(db, &office.cx, &registrar, said, at(29, 9)).await.unwrap();
        resolve(db, &office.cx, &resolver, (objection.id, Outcome::Dismissed), at(29, 10)).await.unwrap();
        assert_eq!(close_due_notices(db, &office.cx, at(60, 9)).await.unwrap(), 1);
        let (_, payments) = office.sent(at(61, 9)).await;
        assert_eq!((payments.len(), office.pot().await), (1, [7000, 0, 3000, 0]));
        office.closes().await;
    }

    async fn money_is_freed_as_often_as_an_objection_is_right(db) {
        let office = Office::open(db).await;
        for name in ["judge", "other_judge"] {
            office.hire(name, Role::Worker).await;
        }
        let case = office.approved("wang", monday()).await;
        let (registrar, resolver) = (office.worker("registrar").await, office.worker("resolver").await);
        let herself = office.myself("wang").await;
        for (day, name) in [(22, "judge"), (23, "other_judge")] {
            office.published(case, at(day, 9)).await;
            let said = (case, ObjectionId::new(monday()), "并非本人情况");
            let objection = object(db, &office.cx, &registrar, said, at(day, 10)).await.unwrap();
            resolve(db, &office.cx, &resolver, (objection.id, Outcome::Upheld), at(day, 11)).await.unwrap();
            assert_eq!(office.pot().await, [10_000, 0, 0, 0], "on the {day}th");
            let appeal = id();
            file(db, &office.cx, &herself, (case, appeal, "不对"), at(day, 12)).await.unwrap();
            let other = office.worker(name).await;
            judge(db, &office.cx, &other, (appeal, Outcome::Upheld, "是"), at(day, 13)).await.unwrap();
            let instance = office.asked(case, at(day, 14)).await;
            office.decides("approver", Decision::Agree, &instance, at(day, 15)).await.unwrap();
        }
        // Each is a letter of its own: the first refusal, and the one after the first appeal.
        assert_eq!((office.letters("aid.refused").await, office.letters("aid.refused_again").await), (1, 1));
        office.closes().await;
    }

    async fn what_is_dismissed_is_final(db) {
        let office = Office::open(db).await;
        let case = declined(&office).await;
        let (herself, appeal) = (office.myself("wang").await, id());
        file(db, &office.cx, &herself, (case, appeal, "我不同意"), at(24, 9)).await.unwrap();
        let other = office.worker("judge").await;
        judge(db, &office.cx, &other, (appeal, Outcome::Dismissed, "不在范围，可以找社区"), at(28, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Final);
        assert_eq!(office.told("aid.appeal_dismissed").await, ["wang"]);
        let once_more = file(db, &office.cx, &herself, (case, id(), "还是不同意"), at(28, 10)).await;
        assert!(matches!(refusal(once_more), Refusal::NotNow { status: Status::Final, .. }));
        assert_eq!(office.log(case).await.last(), Some(&Happened::AppealDismissed { appeal }));
        office.submitted("wang", at(29, 9)).await;
        office.closes().await;
    }

    async fn an_appeal_comes_in_time_or_not_at_all(db) {
        let office = Office::open(db).await;
        let case = declined(&office).await;
        let herself = office.myself("wang").await;
        let late = file(db, &office.cx, &herself, (case, id(), "太晚"), at(51, 0)).await;
        assert_eq!(refusal(late), Refusal::AppealTooLate { until: date(2026, 10, 20) });
        file(db, &office.cx, &herself, (case, id(), "还来得及"), at(50, 23)).await.unwrap();
        office.closes().await;
    }

    async fn who_calls_has_it_written_down_by_one_and_judged_by_another(db) {
        let office = Office::open(db).await;
        let case = declined(&office).await;
        let (clerk, appeal) = (office.worker("judge").await, id());
        file_for(db, &office.cx, &clerk, (case, appeal, "电话里说不同意"), at(24, 9)).await.unwrap();
        let own = judge(db, &office.cx, &clerk, (appeal, Outcome::Dismissed, "维持"), at(28, 9)).await;
        assert_eq!(refusal(own), Refusal::OwnAppeal);
        let other = office.worker("lead").await;
        judge(db, &office.cx, &other, (appeal, Outcome::Dismissed, "维持"), at(28, 9)).await.unwrap();
        office.closes().await;
    }

    async fn a_new_case_of_the_kind_stands_in_the_way_of_the_old_one(db) {
        let office = Office::open(db).await;
        let case = declined(&office).await;
        let new = office.submitted("wang", at(23, 9)).await;
        let herself = office.myself("wang").await;
        let two = file(db, &office.cx, &herself, (case, id(), "旧的也要办"), at(24, 9)).await;
        assert_eq!(refusal(two), Refusal::LiveCaseExists { number: new.number });
        office.closes().await;
    }

    async fn nobody_appeals_for_the_dead_and_what_was_appealed_ends_with_them(db) {
        let office = Office::open(db).await;
        let case = declined(&office).await;
        let herself = office.myself("wang").await;
        let appeal = id();
        file(db, &office.cx, &herself, (case, appeal, "我不同意"), at(24, 9)).await.unwrap();
        let lead = office.worker("lead").await;
        record_death(db, &office.cx, &lead, office.wang.id, local_date(at(28, 9)), at(28, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Terminated);
        let judged = judge(db, &office.cx, &office.worker("judge").await, (appeal, Outcome::Upheld, "是"), at(29, 9)).await;
        assert!(matches!(judged, Err(AidError::Refused(Refusal::Dead))), "{judged:?}");
        office.closes().await;
    }
}
