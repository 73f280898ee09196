//! Walking: a night's walk begins once, its picture is compared and written, or asked about; and the answer.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, DatabaseConnection, DbErr};
use serde_json::json;

use super::{
    Change, Directory, Kind, Rail, Run, State,
    apply::apply,
    diff,
    entity::run::ActiveModel,
    store::{self, Stale},
};
use crate::{
    Context,
    account::news::{self, Effect, News},
    authority::SystemAdmin,
    context::{Act, By},
    ids::{AccountId, DirectoryRunId},
};

/// A walk that takes longer was left by a server that died; one that failed is tried again sooner.
const STALE: Stale = Stale { walking: TimeDelta::minutes(30), failed: TimeDelta::minutes(5) };
/// Writing that nobody has gone on with for so long is taken over.
const ABANDONED: TimeDelta = TimeDelta::minutes(2);
/// Differences in one transaction.
const CHUNK: usize = 100;

/// What a system administrator answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// They have left indeed: write it all.
    Approve,
    /// Keep everybody.
    Refuse,
}

/// Why an answer is not taken.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// There is no such walk.
    #[error("not found")]
    NotFound,
    /// It does not wait for an answer (any more).
    #[error("already decided")]
    Already,
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Begins a walk, before anything is read. `None`: the night has had its walk, or somebody is at it.
pub async fn begin(
    db: &DatabaseConnection,
    slot: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Option<Run>, DbErr> {
    let run = Run {
        id: DirectoryRunId::new(now),
        slot: slot.map(str::to_owned),
        state: State::Walking,
        started_at: now,
        touched_at: now,
        known: 0,
        people: 0,
        departments: 0,
        removals: 0,
        decided_by: None,
        decided_at: None,
    };
    Ok(store::begin(db, run.clone(), STALE).await?.then_some(run))
}

/// The directory could not be read to its end: a part of it is no evidence of anything.
pub async fn fail(db: &DatabaseConnection, run: &Run, now: DateTime<Utc>) -> Result<(), DbErr> {
    let change = ActiveModel { state: Set(State::Failed), touched_at: Set(now), ..Default::default() };
    store::update(db, run.id, State::Walking, change).await?;
    Ok(())
}

/// Compares and writes; or, when too many would be taken away, writes nothing but the question. `known` was read before the walk, so
/// that whoever joined in the meantime is no leaver.
pub async fn settle(
    db: &DatabaseConnection,
    cx: &Context,
    run: &Run,
    (known, seen): (&Directory, &Directory),
    rail: Rail,
    now: DateTime<Utc>,
) -> Result<Run, DbErr> {
    let changes = diff(known, seen);
    let removals = changes.iter().filter(|change| change.kind() == Kind::Left).count();
    let stops = rail.stops(known.people.len(), removals);
    let state = if stops { State::Asked } else { State::Applying };
    let size = |count: usize| Set(i64::try_from(count).unwrap_or(i64::MAX));
    let found = ActiveModel {
        state: Set(state),
        touched_at: Set(now),
        known: size(known.people.len()),
        people: size(seen.people.len()),
        departments: size(seen.departments.len()),
        removals: size(removals),
        ..Default::default()
    };
    let tx = mailbox::transaction::write(db).await?;
    store::supersede(&tx, now).await?;
    store::write_down(&tx, run.id, &changes).await?;
    if !store::update(&tx, run.id, State::Walking, found).await? {
        // Another server took the walk over; what it finds counts.
        tx.rollback().await?;
        return again(db, run).await;
    }
    if stops {
        let detail = json!({ "known": known.people.len(), "removals": removals });
        let subject = format!("directory_run/{}", run.id);
        cx.record(&tx, Act { by: By::SYSTEM, action: "directory.asked", subject, detail }, now).await?;
    }
    tx.commit().await?;
    mailbox::point("walk.compared").await?;
    if !stops {
        write(db, cx, run, &changes, now).await?;
    }
    again(db, run).await
}

async fn again(db: &DatabaseConnection, run: &Run) -> Result<Run, DbErr> {
    store::find(db, run.id).await?.ok_or_else(|| DbErr::RecordNotFound("directory_run".to_owned()))
}

/// The answer to a question. Whoever is taken away loses every session in the same transaction.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SystemAdmin,
    id: DirectoryRunId,
    answer: Answer,
    now: DateTime<Utc>,
) -> Result<(), DecideError> {
    let run = store::find(db, id).await?.ok_or(DecideError::NotFound)?;
    let (state, action) = match answer {
        Answer::Approve => (State::Applying, "directory.approved"),
        Answer::Refuse => (State::Refused, "directory.refused"),
    };
    let decided = ActiveModel {
        state: Set(state),
        touched_at: Set(now),
        decided_by: Set(Some(admin.account().clone())),
        decided_at: Set(Some(now)),
        ..Default::default()
    };
    let tx = mailbox::transaction::write(db).await?;
    if !store::update(&tx, id, State::Asked, decided).await? {
        return Err(DecideError::Already);
    }
    let act = Act {
        by: By::from(admin),
        action,
        subject: format!("directory_run/{id}"),
        detail: json!({ "removals": run.removals }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    if answer == Answer::Approve {
        let changes = store::to_write(db, id).await?;
        write(db, cx, &run, &changes, now).await?;
    }
    Ok(())
}

/// Goes on with what a server did not finish writing. `true`: there was something.
pub async fn resume(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let Some(run) = store::abandoned(db, now - ABANDONED).await? else { return Ok(false) };
    let changes = store::to_write(db, run.id).await?;
    write(db, cx, &run, &changes, now).await?;
    Ok(true)
}

/// Writes differences a hundred at a time, so that nobody waits long for the database; then how things stand.
async fn write(
    db: &DatabaseConnection,
    cx: &Context,
    run: &Run,
    changes: &[Change],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for some in changes.chunks(CHUNK) {
        let tx = mailbox::transaction::write(db).await?;
        let touched = ActiveModel { touched_at: Set(now), ..Default::default() };
        store::update(&tx, run.id, State::Applying, touched).await?;
        for change in some {
            apply(&tx, cx, run, change, now).await?;
        }
        tx.commit().await?;
        mailbox::point("walk.part").await?;
    }
    let tx = mailbox::transaction::write(db).await?;
    let done = ActiveModel { state: Set(State::Applied), touched_at: Set(now), ..Default::default() };
    if store::update(&tx, run.id, State::Applying, done).await? {
        store::forget_standing(&tx).await?;
        let standing = store::standing(&tx).await?;
        store::write_down(&tx, run.id, &standing).await?;
    }
    mailbox::point("walk.written").await?;
    tx.commit().await
}

/// The platform was asked about one login and says that there is no such person. As of `asked_at`: whoever joined since stays.
pub async fn gone(
    db: &DatabaseConnection,
    cx: &Context,
    account: &AccountId,
    asked_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let key = format!("left/{account}/{}", asked_at.timestamp_millis());
    let news = News { key, account: account.clone(), happened_at: asked_at };
    let tx = mailbox::transaction::write(db).await?;
    let effect = news::left_in(&tx, cx, &news, now).await?;
    tx.commit().await?;
    Ok(effect == Effect::Changed)
}
