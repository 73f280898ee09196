//! One need is helped once, of whatever category it is asked for.

use domain::{
    aid::{
        Case, Category, Decision, Refusal,
        commands::{
            accept::accept,
            approval::{approval_created, approval_sending, submit_for_approval},
            setting::{NewSetting, decide, propose},
            stop::note_elsewhere,
            submit::submit,
            visit::record_visit,
        },
        setting::Says,
        stop::{Near, near_misses},
    },
    authority::Scope,
};

use super::office::{COUNTY, Office, at, monday, refusal};
use crate::cast::{date, region};

/// 王秀英 asks in a category, and it was visited.
async fn visited(office: &Office<'_>, category: &str, day: i64) -> Case {
    let (db, cx, now) = (office.db, &office.cx, at(day, 9));
    let myself = office.myself("wang").await;
    let draft = office.written(&myself, category, now).await;
    let case = submit(db, cx, &myself, (draft.id, draft.version), now).await.unwrap();
    accept(db, cx, &office.worker("registrar").await, case.id, now).await.unwrap();
    let visit = Office::visit("lead", "second", domain::calendar::local_date(now), 1000);
    record_visit(db, cx, &office.worker("lead").await, (case.id, visit), now).await.unwrap()
}

/// From today on, an illness and a low income are one need.
async fn one_need(office: &Office<'_>) {
    let (one, other) = (office.worker("lead").await, office.worker("second").await);
    let new = NewSetting {
        category: Category::ILLNESS,
        region: region(COUNTY),
        valid_from: date(2026, 9, 21),
        says: Says::SameNeed { with: vec![Category::LOW_INCOME] },
        source: "示例〔2026〕10号".to_owned(),
    };
    let row = propose(office.db, &office.cx, &one, new, monday()).await.unwrap();
    decide(office.db, &office.cx, &other, (row.id, true), monday()).await.unwrap();
}

schema::both! {
    async fn two_categories_that_are_one_need_asked_in_the_same_second_are_one_help(db) {
        let office = Office::open(db).await;
        one_need(&office).await;
        let (ill, poor) = (visited(&office, "illness", 21).await, visited(&office, "low_income", 21).await);
        let (reviewer, resolver) = (office.worker("reviewer").await, office.worker("resolver").await);
        let (one, other) = tokio::join!(
            submit_for_approval(db, &office.cx, &reviewer, ill.id, monday()),
            submit_for_approval(db, &office.cx, &resolver, poor.id, monday()),
        );
        let (done, refused): (Vec<_>, Vec<_>) = [one, other].into_iter().partition(Result::is_ok);
        assert_eq!((done.len(), refused.len()), (1, 1), "{refused:?}");
        let first = done.into_iter().next().unwrap().unwrap();
        let no = refusal(refused.into_iter().next().unwrap());
        let (number, category) = if first.case_id == ill.id {
            (ill.number.clone(), "重大疾病".to_owned())
        } else {
            (poor.number.clone(), "收入低".to_owned())
        };
        assert_eq!(no, Refusal::SameNeed { number, category, until: date(2027, 1, 1) });

        // Once the first is refused, the other may go.
        let instance = format!("instance-{}-1", first.case_id);
        approval_sending(db, (first.case_id, 1), monday()).await.unwrap();
        approval_created(db, &office.cx, (first.case_id, 1), &instance, monday()).await.unwrap();
        office.decides("approver", Decision::Refuse, &instance, monday()).await.unwrap();
        let rest = if first.case_id == ill.id { poor.id } else { ill.id };
        office.asked(rest, monday()).await;
        office.closes().await;
    }

    async fn a_need_that_was_helped_is_helped_again_when_its_time_is_over(db) {
        let office = Office::open(db).await;
        one_need(&office).await;
        office.approved("wang", monday()).await;
        let poor = visited(&office, "low_income", 22).await;
        let reviewer = office.worker("reviewer").await;
        let early = submit_for_approval(db, &office.cx, &reviewer, poor.id, at(22, 10)).await;
        assert!(matches!(refusal(early), Refusal::SameNeed { category, .. } if category == "重大疾病"));
        // In the next year, it is another budget's.
        submit_for_approval(db, &office.cx, &reviewer, poor.id, at(130, 9)).await.unwrap();
        office.closes().await;
    }

    async fn other_help_for_the_same_time_is_looked_into_before_the_approver_is_asked(db) {
        let office = Office::open(db).await;
        let first = office.approved("wang", monday()).await;
        let number = office.case(first).await.number;
        let hurt = visited(&office, "accident", 22).await;
        let reviewer = office.worker("reviewer").await;
        let asked = submit_for_approval(db, &office.cx, &reviewer, hurt.id, at(22, 10)).await;
        assert_eq!(refusal(asked), Refusal::HelpedBesides { number });
        let note = (hurt.id, "摔伤和住院是两件事", "两次的诊断证明");
        note_elsewhere(db, &office.cx, &reviewer, note, at(22, 11)).await.unwrap();
        office.asked(hurt.id, at(22, 12)).await;
        let near = near_misses(db, &[Scope::Region(region(COUNTY))], at(22, 13)).await.unwrap();
        let found: Vec<_> = near.iter().map(|miss| (miss.near, miss.cases.len())).collect();
        assert_eq!(found, [(Near::Besides, 2), (Near::Elsewhere, 1)]);
        office.closes().await;
    }
}
