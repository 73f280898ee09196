//! 分层分类: lines, membership from day to day, whose segments and people, and the explanation that is the same as the membership.

mod changing;
mod lines;
mod random;
mod scoping;

use chrono::{DateTime, Utc};
use domain::{
    authority::Worker,
    calendar::local_date,
    ids::{PersonId, SegmentId},
    person::fact::{self, FactKind, NewFact, Value},
    segment::{
        Member, Segment, SegmentError, SegmentRefusal, ServiceStandard, Standing, Way,
        commands::{Saying, make},
        store, walk,
    },
};
use sea_orm::DatabaseConnection;

use crate::cast::{context, date, now, region};

pub(crate) fn saying(name: &str, rule: &str, at: DateTime<Utc>) -> Saying {
    Saying {
        name: name.to_owned(),
        rule: rule.parse().unwrap(),
        service: ServiceStandard { every_days: 30, way: Way::Visit, hands: domain::segment::Hands::Worker },
        source: "示例〔2026〕1号".to_owned(),
        from_on: local_date(at),
    }
}

/// A segment of a region.
pub(crate) async fn made(db: &DatabaseConnection, worker: &Worker, (code, rule): (&str, &str)) -> Segment {
    let new = (region(code), None, saying(&format!("{code} {rule}"), rule, now()));
    make(db, &context(), worker, new, now()).await.unwrap()
}

/// The job until it has nothing to do, few people at a time.
pub(crate) async fn computes(db: &DatabaseConnection, at: DateTime<Utc>) {
    for _ in 0..2_000 {
        if walk::some(db, &context(), (2, at)).await.unwrap() == 0 {
            return;
        }
    }
    panic!("it does not come to an end");
}

/// What is on record of somebody in a segment, the newest first.
pub(crate) async fn rows(db: &DatabaseConnection, segment: SegmentId, person: PersonId) -> Vec<Member> {
    let mut rows = store::member::of_person(db, person).await.unwrap();
    rows.retain(|row| row.segment_id == segment);
    rows
}

/// How somebody stands now.
pub(crate) async fn stands(
    db: &DatabaseConnection,
    segment: SegmentId,
    person: PersonId,
) -> Option<Standing> {
    let rows = rows(db, segment, person).await;
    let open: Vec<Standing> =
        rows.iter().filter(|row| row.until_on.is_none()).map(|row| row.standing).collect();
    assert!(open.len() <= 1, "{open:?}");
    open.first().copied()
}

/// A role or a place from 2020 on.
pub(crate) async fn says(
    db: &DatabaseConnection,
    worker: &Worker,
    (person, kind): (PersonId, FactKind),
    at: DateTime<Utc>,
) {
    let new =
        NewFact {
            kind, value: Value::Bare, from_on: date(2020, 1, 1), basis: "示例〔2020〕1号".to_owned()
        };
    fact::commands::record(db, &context(), worker, (person, new), at).await.unwrap();
}

pub(crate) fn refusal<T: std::fmt::Debug>(result: Result<T, SegmentError>) -> SegmentRefusal {
    match result {
        Err(SegmentError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}
