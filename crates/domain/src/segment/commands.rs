//! Making a segment, changing what it says, ending it, and asking for a computation before the night.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{
    Book, Cause, Run, Segment, SegmentError, SegmentRefusal, ServiceStandard, Version, rule::Rule,
    service_standard::LONGEST, store,
};
use crate::{
    Act, By, Context,
    authority::Worker,
    calendar::local_date,
    ids::{AccountId, RegionCode, SegmentId, SegmentRunId, SegmentVersionId},
    person::Died,
};

/// What a segment is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    /// 名称.
    pub name: String,
    /// Its own lines.
    pub rule: Rule,
    /// 服务标准.
    pub service: ServiceStandard,
    /// The document.
    pub source: String,
    /// From which day on.
    pub from_on: NaiveDate,
}

/// Makes one, for a region; or one that narrows another of the same region or above.
pub async fn make(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (region, base, saying): (RegionCode, Option<SegmentId>, Saying),
    now: DateTime<Utc>,
) -> Result<Segment, SegmentError> {
    if !worker.covers(&region) {
        return Err(SegmentError::NotFound);
    }
    let tx = mailbox::transaction::write(db).await?;
    let book = Book::load(&tx).await?;
    let segment = Segment {
        id: SegmentId::new(now),
        region,
        base_id: base,
        made_by: worker.account().clone(),
        made_at: now,
        ended_on: None,
        ended_by: None,
    };
    if let Some(base) = base {
        let above = book.find(base).filter(|above| above.region.covers(&segment.region));
        if !above.ok_or(SegmentError::NotFound)?.is_live(local_date(now)) {
            return Err(SegmentRefusal::Ended.into());
        }
    }
    fits(&book, (&segment, &saying), local_date(now))?;
    let segment = store::insert(&tx, segment).await?;
    let version = store::insert_version(&tx, version(&segment, (1, saying), worker.account(), now)).await?;
    record(&tx, cx, worker, ("segment.made", &segment, Some(&version)), now).await?;
    tx.commit().await?;
    Ok(segment)
}

/// It says something else from a day on; what it said stays to be read.
pub async fn change(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, saying): (SegmentId, Saying),
    now: DateTime<Utc>,
) -> Result<Version, SegmentError> {
    let tx = mailbox::transaction::write(db).await?;
    let segment = mine(&tx, worker, id, now).await?;
    let book = Book::load(&tx).await?;
    fits(&book, (&segment, &saying), local_date(now))?;
    let last = book.versions_of(id).next().ok_or(SegmentError::NotFound)?;
    if saying.from_on < last.from_on {
        return Err(SegmentRefusal::BeforeLast.into());
    }
    let next = version(&segment, (last.nth + 1, saying), worker.account(), now);
    let version = store::insert_version(&tx, next).await?;
    record(&tx, cx, worker, ("segment.changed", &segment, Some(&version)), now).await?;
    tx.commit().await?;
    Ok(version)
}

/// It is no more from today on, nor is what narrows it; nobody is in it any more.
pub async fn end(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: SegmentId,
    now: DateTime<Utc>,
) -> Result<(), SegmentError> {
    let tx = mailbox::transaction::write(db).await?;
    let segment = mine(&tx, worker, id, now).await?;
    let (book, today) = (Book::load(&tx).await?, local_date(now));
    let mut ids = vec![id];
    ids.extend(book.narrowed_from(id).into_iter().map(|below| below.id));
    // Whoever computes one of them finishes first, or finds that it has ended.
    for id in &ids {
        if let Some(run) = store::run::open(&tx, *id).await? {
            store::run::locked(&tx, run.id).await?;
        }
    }
    store::end(&tx, &ids, (today, worker.account())).await?;
    store::member::end_all(&tx, &ids, (today, &Cause::Ended)).await?;
    store::run::drop_tallies(&tx, &ids).await?;
    record(&tx, cx, worker, ("segment.ended", &segment, None), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks for a computation now. The job does it, page by page.
pub async fn ask(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: SegmentId,
    now: DateTime<Utc>,
) -> Result<Run, SegmentError> {
    let tx = mailbox::transaction::write(db).await?;
    let segment = mine(&tx, worker, id, now).await?;
    if store::run::open(&tx, id).await?.is_some() {
        return Err(SegmentRefusal::UnderWay.into());
    }
    let today = local_date(now);
    let it = Book::load(&tx).await?.definition(id, today).ok_or(SegmentError::NotFound)?;
    if it.version.from_on > today {
        return Err(SegmentRefusal::NotYet.into());
    }
    let run = Run { asked_by: Some(worker.account().clone()), ..begun(&it, (today, now)) };
    store::run::begin(&tx, run.clone()).await?;
    record(&tx, cx, worker, ("segment.asked", &segment, None), now).await?;
    tx.commit().await?;
    Ok(run)
}

/// A computation that has not come to anybody yet.
pub(super) fn begun(it: &super::Definition, (on_day, now): (NaiveDate, DateTime<Utc>)) -> Run {
    Run {
        id: SegmentRunId::new(now),
        segment_id: it.segment.id,
        version_id: it.version.id,
        rule: it.rule.clone(),
        on_day,
        began_at: now,
        asked_by: None,
        after: None,
        looked: 0,
        finished_at: None,
        members: 0,
        unsure: 0,
        joined: 0,
        gone: 0,
        sha256: None,
        tally: None,
    }
}

/// Whoever has died is in no segment any more, in the transaction that records the death.
pub(crate) async fn on_death(tx: &DatabaseTransaction, died: &Died) -> Result<(), DbErr> {
    store::member::end_of_person(tx, died.person, (died.on, &Cause::Died)).await
}

fn version(segment: &Segment, (nth, saying): (i32, Saying), by: &AccountId, now: DateTime<Utc>) -> Version {
    Version {
        id: SegmentVersionId::new(now),
        segment_id: segment.id,
        nth,
        name: saying.name.trim().to_owned(),
        rule: saying.rule,
        every_days: saying.service.every_days,
        way: saying.service.way,
        hands: saying.service.hands,
        source: saying.source.trim().to_owned(),
        from_on: saying.from_on,
        recorded_by: by.clone(),
        recorded_at: now,
    }
}

fn fits(book: &Book, (segment, saying): (&Segment, &Saying), today: NaiveDate) -> Result<(), SegmentRefusal> {
    let name = saying.name.trim();
    if name.is_empty() {
        return Err(SegmentRefusal::NoName);
    }
    if saying.source.trim().is_empty() {
        return Err(SegmentRefusal::NoSource);
    }
    if saying.rule.lines().is_empty() && segment.base_id.is_none() {
        return Err(SegmentRefusal::NoRule);
    }
    if !(1..=LONGEST).contains(&saying.service.every_days) {
        return Err(SegmentRefusal::Days);
    }
    if saying.from_on < today {
        return Err(SegmentRefusal::InThePast);
    }
    let others = book.seen_from(std::slice::from_ref(&segment.region));
    let mut others = others
        .filter(|other| other.region == segment.region && other.id != segment.id && other.is_live(today));
    if others.any(|other| book.versions_of(other.id).next().is_some_and(|last| last.name == name)) {
        return Err(SegmentRefusal::Exists);
    }
    let above = segment.base_id.and_then(|base| book.version(base, saying.from_on));
    if above.is_some_and(|above| above.every_days < saying.service.every_days) {
        return Err(SegmentRefusal::Rarer);
    }
    Ok(())
}

async fn mine(
    tx: &DatabaseTransaction,
    worker: &Worker,
    id: SegmentId,
    now: DateTime<Utc>,
) -> Result<Segment, SegmentError> {
    let found = store::locked(tx, id).await?.filter(|segment| worker.covers(&segment.region));
    let segment = found.ok_or(SegmentError::NotFound)?;
    if segment.is_live(local_date(now)) { Ok(segment) } else { Err(SegmentRefusal::Ended.into()) }
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (action, segment, version): (&'static str, &Segment, Option<&Version>),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let detail = json!({
        "region": segment.region,
        "version": version.map(|version| version.nth),
        "rule": version.map(|version| version.rule.to_string()),
    });
    cx.record(tx, Act { by: By::from(worker), action, subject: segment.subject(), detail }, now).await
}
