//! What the platform's own record says of the rounds, for the proof: who did what when, as it was read there. What somebody wrote with it and what
//! files are called stays sealed; that there was something is said.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use super::section::{Entry, RoundEntry};
use crate::{
    aid::{AidError, Case, Happened, history},
    ids::{AccountId, ApprovalEntryId},
};

/// A line of the record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct HistoryEntry {
    line: ApprovalEntryId,
    round: i32,
    place: i32,
    who: Option<AccountId>,
    did: history::Did,
    at: DateTime<Utc>,
    kept_at: DateTime<Utc>,
    /// Did somebody write something with it?
    words: bool,
    files: Vec<HistoryFile>,
}

/// A file that came with it, by what the platform knows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct HistoryFile {
    file: String,
    kind: String,
    bytes: i64,
}

pub(super) async fn history(tx: &DatabaseTransaction, case: &Case) -> Result<Vec<HistoryEntry>, AidError> {
    let mut files: BTreeMap<ApprovalEntryId, Vec<HistoryFile>> = BTreeMap::new();
    for it in history::store::files(tx, case.id).await? {
        let file = HistoryFile { file: it.file_id, kind: it.kind, bytes: it.bytes };
        files.entry(it.entry_id).or_default().push(file);
    }
    let mut lines = history::store::of_case(tx, case.id).await?;
    lines.sort_by_key(|it| (it.round, it.at, it.place, it.id));
    let lines = lines.into_iter().map(|it| HistoryEntry {
        files: files.remove(&it.id).unwrap_or_default(),
        line: it.id,
        round: it.round,
        place: it.place,
        who: it.who,
        did: it.did,
        at: it.at,
        kept_at: it.kept_at,
        words: it.said.is_some(),
    });
    Ok(lines.collect())
}

/// Every line is of a round that went there, and whatever the log took from the record is in it.
pub(super) fn recorded(lines: &[HistoryEntry], rounds: &[RoundEntry], timeline: &[Entry]) -> bool {
    let there = |round: i32| rounds.iter().any(|it| it.round == round && it.instance.is_some());
    let taken = timeline.iter().all(|entry| match &entry.what {
        Happened::PlatformAct { round, by, act } => lines.iter().any(|line| {
            line.round == *round && line.who.as_ref() == Some(by) && line.did.acted() == Some(*act)
        }),
        _ => true,
    });
    taken && lines.iter().all(|line| there(line.round) && line.at <= line.kept_at + SLACK)
}

/// The platform's clock is its own.
const SLACK: chrono::TimeDelta = chrono::TimeDelta::hours(1);
