//! What was approved goes, a few subjects in each transaction: the tombstone, the rows, the audit row, the note on the list, all or none of
//! them. Whoever is killed leaves a list from which the next server goes on.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use serde_json::json;

use super::{
    Item, List, ListState, RetentionError, Tombstone,
    content::Shapes,
    erase,
    holding::Holding,
    item::{self, State, Why},
    judge::{Judge, Verdict},
    list, tombstone,
};
use crate::{Act, By, Context, calendar::local_date, ids::TombstoneId};

/// Subjects of a step.
const STEP: u64 = 20;

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// No list is approved.
    Idle,
    /// So many have gone and so many were left out; more may be to do.
    Went {
        /// Gone.
        erased: usize,
        /// Left out.
        left_out: usize,
    },
    /// The list is done.
    Finished,
}

/// Does the next step of the approved list, whoever did the last one.
pub async fn step(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> Result<Step, RetentionError> {
    if list::open(db).await?.is_none_or(|list| list.state != ListState::Approved) {
        return Ok(Step::Idle);
    }
    let tx = mailbox::transaction::write(db).await?;
    super::gate(&tx).await?;
    let Some(row) = list::open_locked(&tx).await? else { return Ok(Step::Idle) };
    if row.state != ListState::Approved {
        return Ok(Step::Idle);
    }
    let items = item::waiting(&tx, row.id, STEP).await?;
    if items.is_empty() {
        end(&tx, cx, row, now).await?;
        tx.commit().await?;
        return Ok(Step::Finished);
    }
    let holding = Holding::load(&tx).await?;
    let mut judge = Judge { cx, holding, shapes: Shapes::default(), today: local_date(now) };
    let (mut erased, mut left_out) = (0, 0);
    for item in items {
        if let Some((class, _)) = super::find(&item.class) {
            erase::lock(&tx, class, item.subject).await?;
        }
        match judge.of(&tx, &item).await? {
            Verdict::Goes(class, ruled) => {
                tombstone::insert(&tx, stone(&row, &item, ruled.fate(), now)?).await?;
                erase::erase(&tx, cx, (class, ruled), item.subject).await?;
                let subject = format!("{}/{}", item.class, item.subject.simple());
                let detail = json!({ "list": row.id, "rule": item.rule_id });
                cx.record(&tx, Act { by: By::SYSTEM, action: "retention.erased", subject, detail }, now)
                    .await?;
                item::save(&tx, Item { state: State::Erased, ..item }).await?;
                erased += 1;
            }
            Verdict::Stays(why, hold_id) => {
                let subject = format!("{}/{}", item.class, item.subject.simple());
                let detail = json!({ "list": row.id, "why": why.code(), "hold": hold_id });
                cx.record(&tx, Act { by: By::SYSTEM, action: "retention.left_out", subject, detail }, now)
                    .await?;
                item::save(&tx, Item { state: State::LeftOut, why: Some(why), hold_id, ..item }).await?;
                left_out += 1;
            }
        }
    }
    tx.commit().await?;
    Ok(Step::Went { erased, left_out })
}

fn stone(list: &List, item: &Item, fate: &str, now: DateTime<Utc>) -> Result<Tombstone, DbErr> {
    let (Some(proposed_by), Some(approved_by)) = (&list.proposed_by, &list.decided_by) else {
        return Err(DbErr::Custom("an approved list without two people".to_owned()));
    };
    Ok(Tombstone {
        id: TombstoneId::new(now),
        class: item.class.clone(),
        subject: item.subject,
        fate: fate.to_owned(),
        content: item.content.clone(),
        counted_from: item.counted_from,
        rule_id: item.rule_id,
        list_id: list.id,
        unit_id: item.unit_id,
        proposed_by: proposed_by.clone(),
        approved_by: approved_by.clone(),
        erased_at: now,
    })
}

async fn end(
    tx: &mailbox::transaction::Transaction,
    cx: &Context,
    mut row: List,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let (erased, left_out) =
        (item::count(tx, row.id, State::Erased).await?, item::count(tx, row.id, State::LeftOut).await?);
    (row.state, row.open, row.done_at) = (ListState::Done, None, Some(now));
    let subject = format!("retention/{}", row.id);
    list::save(tx, row).await?;
    let detail = json!({ "erased": erased, "left_out": left_out });
    cx.record(tx, Act { by: By::SYSTEM, action: "retention.finished", subject, detail }, now).await
}

/// What the open list would do now, by class: how many would go, how many would stay, and why.
pub type Foreseen = BTreeMap<(String, Option<Why>), usize>;

/// Judges everything that waits on the open list. Writes nothing.
pub async fn foresee(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> Result<Foreseen, DbErr> {
    let mut foreseen = Foreseen::new();
    let Some(row) = list::open(db).await? else { return Ok(foreseen) };
    let holding = Holding::load(db).await?;
    let mut judge = Judge { cx, holding, shapes: Shapes::default(), today: local_date(now) };
    for item in item::waiting(db, row.id, u64::from(u32::MAX)).await? {
        let why = match judge.of(db, &item).await? {
            Verdict::Goes(..) => None,
            Verdict::Stays(why, _) => Some(why),
        };
        *foreseen.entry((item.class, why)).or_default() += 1;
    }
    Ok(foreseen)
}
