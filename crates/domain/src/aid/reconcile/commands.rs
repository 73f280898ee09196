//! A check: begun once, judged in one transaction; and a clerk's word about what it found.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use mailbox::inbox::{self, NewItem};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::json;

use super::{
    Check, Explained, Finding, Outcome, Stands, Why,
    entity::{check, finding},
    judge::judge,
    store,
};
use crate::{
    Context,
    aid::{Round, RoundState},
    authority::Worker,
    context::{Act, By},
    ids::{ApprovalCheckId, ApprovalFindingId},
};

/// A check that is not done after so long is made again.
pub const STALE: TimeDelta = TimeDelta::minutes(10);

/// What was sent so short a time ago may not be listed yet; and so far apart may the platform's clock and ours be.
pub const LISTED: TimeDelta = TimeDelta::minutes(2);

/// Why an explanation is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// There is no such finding.
    #[error("not found")]
    NotFound,
    /// It is over already.
    #[error("closed")]
    Already,
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Begins a check. `None`: it has been made, or somebody is at it.
pub async fn begin(
    db: &DatabaseConnection,
    slot: &str,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Option<Check>, DbErr> {
    let check = Check {
        id: ApprovalCheckId::new(now),
        slot: slot.to_owned(),
        from_at: from,
        until_at: until,
        started_at: now,
        done_at: None,
        matched: 0,
        late: 0,
        diverged: 0,
        orphans: 0,
    };
    Ok(store::begin(db, check.clone(), now - STALE).await?.then_some(check))
}

/// Ours ended by what was read in the platform about when it made its list, or later: the list is the older of the two.
fn has_ended_since(round: &Round, check: &Check) -> bool {
    round.state != RoundState::Withdrawn && round.read_at.is_some_and(|read| read >= check.started_at - STALE)
}

/// The rounds that were asked for in the window, were sent before the check began, wait in the platform, and are not in its list. They may have
/// been made there long after they were asked for: what the platform lists goes by when it made an instance.
pub async fn unlisted(
    db: &impl ConnectionTrait,
    check: &Check,
    listed: &BTreeMap<String, Stands>,
) -> Result<BTreeMap<String, Round>, DbErr> {
    let rounds = store::open_within(db, (check.from_at, check.until_at)).await?;
    let sent = |round: &Round| round.sending_at.is_none_or(|at| at < check.started_at - LISTED);
    let known = rounds.into_iter().filter(sent).filter_map(|round| Some((round.instance_id.clone()?, round)));
    Ok(known.filter(|(instance, _)| !listed.contains_key(instance)).collect())
}

/// Judges everything that the platform lists in the window. Which instances ended without our knowing is asked about: `ask` makes the
/// inbox item of one, and it is accepted in the same transaction. Says how many they are.
pub async fn settle(
    db: &DatabaseConnection,
    check: &Check,
    listed: &BTreeMap<String, Stands>,
    ask: impl Fn(&str) -> Option<NewItem>,
    now: DateTime<Utc>,
) -> Result<usize, DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let ids: Vec<String> = listed.keys().cloned().collect();
    let rounds: BTreeMap<String, Round> = store::rounds(&tx, &ids)
        .await?
        .into_iter()
        .filter_map(|round| Some((round.instance_id.clone()?, round)))
        .collect();
    let (mut late, mut right) = (Vec::new(), Vec::new());
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    let mut count = |what| *counts.entry(what).or_default() += 1;
    let found = |instance: &str, round: Option<&Round>, (outcome, why): (Outcome, Why)| Finding {
        id: ApprovalFindingId::new(now),
        instance_id: instance.to_owned(),
        case_id: round.map(|round| round.case_id),
        outcome,
        why,
        found_at: now,
        closed_at: None,
        closed_by: None,
        closed_why: None,
    };
    for (instance, stands) in listed {
        let round = rounds.get(instance);
        match judge(round.map(|round| round.state), *stands) {
            None => {
                count("matched");
                right.push(instance.clone());
            }
            Some((_, Why::OpenThere)) if round.is_some_and(|round| has_ended_since(round, check)) => {
                count("matched");
                right.push(instance.clone());
            }
            Some(matter) => {
                match matter.0 {
                    Outcome::Late => {
                        count("late");
                        late.push(instance.clone());
                    }
                    Outcome::Diverged => count("diverged"),
                    Outcome::Orphan => count("orphans"),
                }
                store::write_down(&tx, found(instance, round, matter)).await?;
            }
        }
    }
    for (instance, round) in unlisted(&tx, check, listed).await? {
        count("diverged");
        store::write_down(&tx, found(&instance, Some(&round), (Outcome::Diverged, Why::NotThere))).await?;
    }
    store::came_right(&tx, &right, now).await?;
    let of = |what: &str| Set(counts.get(what).copied().unwrap_or_default());
    let done = check::ActiveModel {
        done_at: Set(Some(now)),
        matched: of("matched"),
        late: of("late"),
        diverged: of("diverged"),
        orphans: of("orphans"),
        ..Default::default()
    };
    store::end(&tx, check.id, done).await?;
    let asked: Vec<NewItem> = late.iter().filter_map(|instance| ask(instance)).collect();
    inbox::accept_all(&tx, &asked, now).await?;
    mailbox::point("check.judged").await?;
    tx.commit().await?;
    mailbox::point("check.kept").await?;
    Ok(late.len())
}

/// Closes what came late and is caught up; and what nobody knew, because a server died between the platform's answer and ours, and has been found
/// since. Whether the two agree otherwise is the next check's to say.
pub async fn caught_up(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<(), DbErr> {
    let open = store::unexplained(db, 1000).await?;
    let of = |outcome| open.iter().filter(move |finding| finding.outcome == outcome);
    let ids = |outcome| of(outcome).map(|finding| finding.instance_id.clone()).collect::<Vec<_>>();
    let late = store::rounds(db, &ids(Outcome::Late)).await?;
    let found = store::rounds(db, &ids(Outcome::Orphan)).await?;
    let done = late.into_iter().filter(|round| !round.state.is_open()).chain(found);
    let done: Vec<String> = done.filter_map(|round| round.instance_id).collect();
    store::came_right(db, &done, now).await
}

/// A clerk says what it is.
pub async fn explain(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, explained): (ApprovalFindingId, Explained),
    now: DateTime<Utc>,
) -> Result<(), ExplainError> {
    let tx = mailbox::transaction::write(db).await?;
    store::find(&tx, id).await?.ok_or(ExplainError::NotFound)?;
    let closed = finding::ActiveModel {
        closed_at: Set(Some(now)),
        closed_by: Set(Some(worker.account().clone())),
        closed_why: Set(Some(explained.code().to_owned())),
        ..Default::default()
    };
    if !store::close(&tx, id, closed).await? {
        return Err(ExplainError::Already);
    }
    let act = Act {
        by: By::from(worker),
        action: "approval.explained",
        subject: format!("approval_finding/{id}"),
        detail: json!({ "why": explained.code() }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}
