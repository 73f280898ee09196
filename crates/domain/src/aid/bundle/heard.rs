//! What the public and the applicant said against it, for the proof: every notice that hung, also one that was ended and made anew, the
//! objections while it hung, the appeals, and the answer to each. Ids, days and outcomes; of what was said, no word.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use super::section::Entry;
use crate::{
    aid::{
        AidError, Case, Happened,
        appeal::{self, Outcome},
        public_notice::{NoticeState, Objection, PublicNotice},
        store,
    },
    ids::{AccountId, AppealId, ObjectionId, PublicNoticeId, RulingId},
};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct NoticeEntry {
    notice: PublicNoticeId,
    state: NoticeState,
    text: String,
    opened_on: NaiveDate,
    closes_on: NaiveDate,
    published_by: AccountId,
    published_at: DateTime<Utc>,
}

/// An objection, and its answer if it has one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ObjectionEntry {
    objection: ObjectionId,
    recorded_by: AccountId,
    recorded_at: DateTime<Utc>,
    answer: Option<Answer>,
}

/// An appeal, and its answer if it has one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct AppealEntry {
    appeal: AppealId,
    ruling: Option<RulingId>,
    filed_by: AccountId,
    filed_at: DateTime<Utc>,
    by_hand: bool,
    answer: Option<Answer>,
}

/// What somebody decided about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Answer {
    outcome: Outcome,
    by: AccountId,
    at: DateTime<Utc>,
}

/// How many of something there are, and how many of them nobody has answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// All of them.
    pub all: usize,
    /// Without an answer.
    pub open: usize,
}

impl From<PublicNotice> for NoticeEntry {
    fn from(it: PublicNotice) -> Self {
        Self {
            notice: it.id,
            state: it.state,
            text: it.text,
            opened_on: it.opened_on,
            closes_on: it.closes_on,
            published_by: it.published_by,
            published_at: it.published_at,
        }
    }
}

impl Answer {
    fn of(outcome: Option<Outcome>, by: Option<AccountId>, at: Option<DateTime<Utc>>) -> Option<Self> {
        Some(Self { outcome: outcome?, by: by?, at: at? })
    }
}

impl From<Objection> for ObjectionEntry {
    fn from(it: Objection) -> Self {
        Self {
            objection: it.id,
            recorded_by: it.recorded_by,
            recorded_at: it.recorded_at,
            answer: Answer::of(it.outcome, it.resolved_by, it.resolved_at),
        }
    }
}

impl From<appeal::Model> for AppealEntry {
    fn from(it: appeal::Model) -> Self {
        Self {
            appeal: it.id,
            ruling: it.ruling_id,
            filed_by: it.filed_by,
            filed_at: it.filed_at,
            by_hand: it.by_hand,
            answer: Answer::of(it.outcome, it.judged_by, it.judged_at),
        }
    }
}

pub(super) async fn notices(tx: &DatabaseTransaction, case: &Case) -> Result<Vec<NoticeEntry>, AidError> {
    Ok(store::notice::all_of(tx, case.id).await?.into_iter().map(NoticeEntry::from).collect())
}

pub(super) async fn objections(
    tx: &DatabaseTransaction,
    case: &Case,
) -> Result<Vec<ObjectionEntry>, AidError> {
    let mut all = store::notice::objections(tx, case.id).await?;
    all.sort_by_key(|it| (it.recorded_at, it.id));
    Ok(all.into_iter().map(ObjectionEntry::from).collect())
}

pub(super) async fn appeals(tx: &DatabaseTransaction, case: &Case) -> Result<Vec<AppealEntry>, AidError> {
    Ok(store::paper::appeals(tx, case.id).await?.into_iter().map(AppealEntry::from).collect())
}

/// Every notice of the log is there, by whoever hung it, and no other one; one hangs at most, and it is the last; it ends on the day on which the log
/// says that it does.
pub(super) fn hung(notices: &[NoticeEntry], timeline: &[Entry]) -> bool {
    let (mut said, mut closed) = (Vec::new(), Vec::new());
    for entry in timeline {
        match &entry.what {
            Happened::NoticePublished { notice, closes_on } => {
                said.push((*notice, entry.actor.as_ref(), *closes_on));
            }
            Happened::ObjectionDismissed { closes_on, .. } => {
                if let Some(last) = said.last_mut() {
                    last.2 = *closes_on;
                }
            }
            Happened::NoticeClosed { notice } => closed.push(*notice),
            _ => {}
        }
    }
    let there = notices.iter().map(|it| (it.notice, Some(&it.published_by), it.closes_on));
    let earlier = notices.split_last().map_or(&[][..], |(_, earlier)| earlier);
    let over = |it: &NoticeEntry| matches!(it.state, NoticeState::Closed | NoticeState::TakenDown);
    there.eq(said)
        && earlier.iter().all(over)
        && notices.iter().all(|it| (it.state == NoticeState::Closed) == closed.contains(&it.notice))
}

/// Every objection of the log is there with its answer, or without one where the log has none; and no other one.
pub(super) fn objected(objections: &[ObjectionEntry], timeline: &[Entry]) -> bool {
    let (mut said, mut answers) = (BTreeMap::new(), BTreeMap::new());
    for entry in timeline {
        match &entry.what {
            Happened::Objected { objection, .. } => {
                said.insert(*objection, entry.actor.clone());
            }
            Happened::ObjectionUpheld { objection } => {
                answers.insert(*objection, answer(entry, Outcome::Upheld));
            }
            Happened::ObjectionDismissed { objection, .. } => {
                answers.insert(*objection, answer(entry, Outcome::Dismissed));
            }
            _ => {}
        }
    }
    let there = objections.iter().map(|it| (it.objection, Some(it.recorded_by.clone())));
    let same = |it: &ObjectionEntry| answers.get(&it.objection).cloned().flatten() == it.answer;
    there.collect::<BTreeMap<_, _>>() == said
        && objections.len() == said.len()
        && answers.keys().all(|id| said.contains_key(id))
        && objections.iter().all(same)
}

/// The same of appeals.
pub(super) fn appealed(appeals: &[AppealEntry], timeline: &[Entry]) -> bool {
    let (mut said, mut answers) = (BTreeMap::new(), BTreeMap::new());
    for entry in timeline {
        match &entry.what {
            Happened::Appealed { appeal, by_hand } => {
                said.insert(*appeal, (entry.actor.clone(), *by_hand));
            }
            Happened::AppealUpheld { appeal, .. } => {
                answers.insert(*appeal, answer(entry, Outcome::Upheld));
            }
            Happened::AppealDismissed { appeal } => {
                answers.insert(*appeal, answer(entry, Outcome::Dismissed));
            }
            _ => {}
        }
    }
    let there = appeals.iter().map(|it| (it.appeal, (Some(it.filed_by.clone()), it.by_hand)));
    let same = |it: &AppealEntry| answers.get(&it.appeal).cloned().flatten() == it.answer;
    there.collect::<BTreeMap<_, _>>() == said
        && appeals.len() == said.len()
        && answers.keys().all(|id| said.contains_key(id))
        && appeals.iter().all(same)
}

fn answer(entry: &Entry, outcome: Outcome) -> Option<Answer> {
    Answer::of(Some(outcome), entry.actor.clone(), Some(entry.at))
}

pub(super) fn open_objections(all: &[ObjectionEntry]) -> Answered {
    Answered { all: all.len(), open: all.iter().filter(|it| it.answer.is_none()).count() }
}

pub(super) fn open_appeals(all: &[AppealEntry]) -> Answered {
    Answered { all: all.len(), open: all.iter().filter(|it| it.answer.is_none()).count() }
}
