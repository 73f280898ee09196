//! The job: who is in which segment, each night and whenever a rule is another one. A computation goes through the people of its region by
//! id, some hundred in a transaction, with what the rule asks for read at once for all of them; how far it has come is written with what
//! it found, so whoever dies, nothing is done twice. What stays as it was is not written.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use ring::digest::{self, SHA256};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{
    Book, Cause, Definition, Member, Run, Segment, Standing, Verdict,
    commands::begun,
    facts::{Facts, When, load},
    judge, narrow, store,
    why::{Turned, Why},
};
use crate::{
    Act, By, Context,
    authority::{DataClass, Scope},
    calendar::local_date,
    ids::{PersonId, SegmentMemberId, SegmentRunId},
    person::{Person, leader, place, store as people},
};

/// People of one transaction.
pub const PAGE: u64 = 500;

/// One round: begins what is due, or does the next page of what has begun. Says how much; zero when there is nothing to do.
pub async fn round(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> Result<usize, DbErr> {
    some(db, cx, (PAGE, now)).await
}

/// The same, so many people at a time.
pub async fn some(
    db: &DatabaseConnection,
    cx: &Context,
    (size, now): (u64, DateTime<Utc>),
) -> Result<usize, DbErr> {
    let begun = begin(db, now).await?;
    if begun > 0 {
        return Ok(begun);
    }
    match store::run::next(db).await? {
        Some(run) => step(db, cx, run.id, (size, now)).await,
        None => Ok(0),
    }
}

/// What has not been computed today by today's rule; what is under way by another one, or since yesterday, begins anew.
async fn begin(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<usize, DbErr> {
    let today = local_date(now);
    if due(db, today).await?.is_empty() {
        return Ok(0);
    }
    let tx = mailbox::transaction::write(db).await?;
    let due = due(&tx, today).await?;
    for (it, open) in &due {
        let fresh = begun(it, (today, now));
        match open {
            None => store::run::begin(&tx, fresh).await?,
            Some(open) => {
                let open = store::run::locked(&tx, *open).await?.filter(|run| run.finished_at.is_none());
                if let Some(open) = open {
                    store::run::save(&tx, Run { id: open.id, asked_by: open.asked_by, ..fresh }).await?;
                }
            }
        }
    }
    tx.commit().await?;
    Ok(due.len())
}

async fn due(
    db: &impl ConnectionTrait,
    today: NaiveDate,
) -> Result<Vec<(Definition, Option<SegmentRunId>)>, DbErr> {
    let runs = store::run::of_day(db, today).await?;
    let book = Book::load(db).await?;
    let due = book.in_force(today).into_iter().filter_map(|it| {
        match runs.iter().find(|run| run.segment_id == it.segment.id) {
            // One without its numbers is from before there were any.
            Some(run)
                if run.rule == it.rule
                    && run.on_day == today
                    && (run.finished_at.is_none() || run.tally.is_some()) =>
            {
                None
            }
            Some(run) => Some((it, run.finished_at.is_none().then_some(run.id))),
            None => Some((it, None)),
        }
    });
    Ok(due.collect())
}

/// One page.
async fn step(
    db: &DatabaseConnection,
    cx: &Context,
    id: SegmentRunId,
    (size, now): (u64, DateTime<Utc>),
) -> Result<usize, DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let run = store::run::locked(&tx, id).await?.filter(|run| run.finished_at.is_none());
    let Some(mut run) = run else { return Ok(1) };
    let segment = store::find(&tx, run.segment_id).await?.filter(|segment| segment.is_live(run.on_day));
    let next = match segment {
        Some(segment) => page(&tx, (&mut run, &segment), (size, now)).await?,
        None => None,
    };
    match next {
        Some(last) => run.after = Some(last),
        None => finish(&tx, cx, &mut run, now).await?,
    }
    store::run::save(&tx, run).await?;
    tx.commit().await?;
    Ok(1)
}

/// Looks at the next people, and at those who are in and did not come up. Says after whom to go on; `None`: that was all.
async fn page(
    tx: &DatabaseTransaction,
    (run, segment): (&mut Run, &Segment),
    (size, now): (u64, DateTime<Utc>),
) -> Result<Option<PersonId>, DbErr> {
    let scopes = [Scope::Region(segment.region.clone())];
    let possible = narrow::possible(&run.rule, run.on_day);
    let people =
        place::people_among(tx, DataClass::Registry, (&scopes, possible), (run.on_day, run.after, size))
            .await?;
    let full = u64::try_from(people.len()).is_ok_and(|many| many == size);
    let last = people.last().map(|person| person.id).filter(|_| full);
    let rows = store::member::open_between(tx, segment.id, (run.after, last)).await?;
    let rows: BTreeMap<PersonId, Member> = rows.into_iter().map(|row| (row.person_id, row)).collect();
    let mut living: Vec<Person> = people.into_iter().filter(Person::is_alive).collect();
    run.looked += i64::try_from(living.len()).unwrap_or_default();
    let here: Vec<PersonId> = living.iter().map(|person| person.id).collect();
    let others: Vec<PersonId> = rows.keys().filter(|id| !here.contains(id)).copied().collect();
    let others = people::find_all(tx, &others).await?.into_iter();
    living.extend(
        others.filter(|person| {
            person.is_alive() && person.merged_into.is_none() && !leader::is_guarded(person)
        }),
    );
    let facts = load(tx, living, When::Now(run.on_day, now)).await?;
    change(tx, run, (facts, rows), now).await?;
    Ok(last)
}

/// Writes what is not as it was.
async fn change(
    tx: &DatabaseTransaction,
    run: &Run,
    (facts, mut rows): (Vec<Facts>, BTreeMap<PersonId, Member>),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut turned = Vec::new();
    let mut ends: Vec<(SegmentMemberId, Cause)> = Vec::new();
    for one in facts {
        let standing = match judge::rule(&run.rule, &one, run.on_day) {
            Verdict::Passed => Some(Standing::Member),
            Verdict::Unknown => Some(Standing::Unsure),
            Verdict::Failed => None,
        };
        let was = rows.remove(&one.person.id);
        if was.as_ref().map(|row| row.standing) != standing {
            turned.push(Turned { facts: one, was, standing });
        }
    }
    for (person, row) in rows {
        let died = people::find(tx, person).await?.is_some_and(|person| !person.is_alive());
        ends.push((row.id, if died { Cause::Died } else { Cause::Gone }));
    }
    // A death or a merge that is being written down waits for this one, or this one for it.
    let ids: Vec<PersonId> = turned.iter().map(|one| one.facts.person.id).collect();
    let living = people::lock_living(tx, &ids).await?;
    let why = Why::of(tx, run, &turned).await?;
    let mut begins = Vec::new();
    for one in turned {
        let person = one.facts.person.id;
        if let Some(row) = &one.was {
            ends.push((row.id, why.left(&one)));
        }
        if let (Some(standing), Some(unit)) = (one.standing, living.get(&person)) {
            begins.push(Member {
                id: SegmentMemberId::new(now),
                segment_id: run.segment_id,
                person_id: person,
                unit_id: *unit,
                standing,
                from_on: run.on_day,
                joined_run: run.id,
                joined_why: why.joined(&one),
                until_on: None,
                left_run: None,
                left_why: None,
            });
        }
    }
    let mut by_cause: HashMap<String, (Cause, Vec<SegmentMemberId>)> = HashMap::new();
    for (row, cause) in ends {
        by_cause.entry(cause.to_string()).or_insert_with(|| (cause, Vec::new())).1.push(row);
    }
    for (cause, rows) in by_cause.into_values() {
        store::member::close(tx, &rows, (run.on_day, run.id, &cause)).await?;
    }
    store::member::insert(tx, &begins).await
}

/// Counts, and says in the chain who was in by a hash.
async fn finish(
    tx: &DatabaseTransaction,
    cx: &Context,
    run: &mut Run,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let count = |many: u64| i64::try_from(many).unwrap_or(i64::MAX);
    let (mut hash, mut after) = (digest::Context::new(&SHA256), None);
    run.members = 0;
    loop {
        let ids = store::member::ids(tx, run.segment_id, after).await?;
        let Some(last) = ids.last() else { break };
        after = Some(*last);
        for id in &ids {
            hash.update(id.uuid().as_bytes());
            run.members += 1;
        }
    }
    let (joined, gone) = store::member::moved(tx, run.id).await?;
    run.unsure = count(store::member::unsure(tx, run.segment_id).await?);
    store::run::drop_tallies(tx, &[run.segment_id]).await?;
    run.tally = Some(store::tally(tx, run.segment_id).await?);
    (run.joined, run.gone) = (count(joined), count(gone));
    let sha256 = hex::encode(hash.finish());
    let detail = json!({ "run": run.id, "on": run.on_day, "members": run.members, "sha256": sha256 });
    (run.finished_at, run.sha256) = (Some(now), Some(sha256));
    let subject = format!("segment/{}", run.segment_id);
    cx.record(tx, Act { by: By::SYSTEM, action: "segment.computed", subject, detail }, now).await
}
