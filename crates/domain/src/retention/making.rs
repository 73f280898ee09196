//! Making a list, a few subjects at a time; and the same without writing anything.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::json;
use uuid::Uuid;

use super::{
    List, ListState, Rule,
    class::{Class, Ruled},
    content::{Shapes, mark},
    due,
    holding::Holding,
    item::{self, Line, Model as Item, State, Why},
    list, rule, ruled,
};
use crate::{Act, By, Context, calendar::local_date, ids::RetentionListId};

/// Subjects of a step: no page waits longer than that.
const STEP: u64 = 50;
/// A list is for people to read. What does not fit comes next month.
const MOST: u64 = 5000;

/// What a step of making did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tally {
    /// There is nothing to make.
    Idle,
    /// So many subjects were looked at, and more may be to do.
    Went(usize),
    /// The list is complete.
    Made,
}

/// Begins the list of this month, if there is none and no other is open. Says whether it did.
pub async fn monthly(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let today = local_date(now);
    let slot = format!("{:04}-{:02}", today.year(), today.month());
    if list::of_slot(db, &slot).await?.is_some() || list::open(db).await?.is_some() {
        return Ok(false);
    }
    start(db, Some(slot), now).await.map(|list| list.is_some())
}

/// Begins a list besides those of the months. `None`: one is open.
pub async fn begin(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<Option<List>, DbErr> {
    start(db, None, now).await
}

async fn start(
    db: &DatabaseConnection,
    slot: Option<String>,
    now: DateTime<Utc>,
) -> Result<Option<List>, DbErr> {
    let id = RetentionListId::new(now);
    let row = List {
        id,
        slot: slot.unwrap_or_else(|| id.to_string()),
        open: Some(1),
        state: ListState::Making,
        as_of: local_date(now),
        place: 0,
        after: None,
        begun_at: now,
        made_at: None,
        proposed_by: None,
        proposed_at: None,
        decided_by: None,
        decided_at: None,
        reason: None,
        done_at: None,
    };
    let tx = mailbox::transaction::write(db).await?;
    let begun = list::insert(&tx, row.clone()).await?;
    tx.commit().await?;
    Ok(begun.then_some(row))
}

/// Looks at the next subjects. A list on which nothing is, is done.
pub async fn make(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> Result<Tally, DbErr> {
    if list::open(db).await?.is_none_or(|list| list.state != ListState::Making) {
        return Ok(Tally::Idle);
    }
    let tx = mailbox::transaction::write(db).await?;
    let Some(mut row) = list::open_locked(&tx).await? else { return Ok(Tally::Idle) };
    if row.state != ListState::Making {
        return Ok(Tally::Idle);
    }
    let full = item::count(&tx, row.id, State::Waiting).await? >= MOST;
    let class = usize::try_from(row.place).ok().and_then(|place| ruled().nth(place));
    let Some(class) = class.filter(|_| !full) else {
        let made = end(&tx, cx, row, now).await?;
        tx.commit().await?;
        return Ok(made);
    };
    let holding = Holding::load(&tx).await?;
    let Found { items, after } = found(&tx, cx, class, (&row, &holding)).await?;
    let many = items.len();
    item::insert(&tx, items).await?;
    row.after = after;
    if after.is_none() {
        row.place += 1;
    }
    list::save(&tx, row).await?;
    tx.commit().await?;
    Ok(Tally::Went(many))
}

async fn end(
    tx: &mailbox::transaction::Transaction,
    cx: &Context,
    mut row: List,
    now: DateTime<Utc>,
) -> Result<Tally, DbErr> {
    let (waiting, held) =
        (item::count(tx, row.id, State::Waiting).await?, item::count(tx, row.id, State::Held).await?);
    row.made_at = Some(now);
    row.state = ListState::Made;
    if waiting == 0 {
        (row.state, row.open, row.done_at) = (ListState::Done, None, Some(now));
    }
    let id = row.id;
    list::save(tx, row).await?;
    if waiting + held > 0 {
        let act = Act {
            by: By::SYSTEM,
            action: "retention.listed",
            subject: format!("retention/{id}"),
            detail: json!({ "waiting": waiting, "held": held }),
        };
        cx.record(tx, act, now).await?;
    }
    Ok(Tally::Made)
}

struct Found {
    items: Vec<Item>,
    /// The last that was looked at; `None` when there are no more.
    after: Option<Uuid>,
}

async fn found(
    db: &impl ConnectionTrait,
    cx: &Context,
    (class, ruled): (&'static Class, &'static Ruled),
    (list, holding): (&List, &Holding),
) -> Result<Found, DbErr> {
    let none = Found { items: Vec::new(), after: None };
    let Some(rule) = rule::in_force(db, class.code, list.as_of).await? else { return Ok(none) };
    let Some(until) = rule.period().latest(list.as_of) else { return Ok(none) };
    let over = due::next(db, (class, ruled), until, (list.after, STEP)).await?;
    let (mut items, mut shapes) = (Vec::new(), Shapes::default());
    for one in &over {
        let Some(due_on) = come(&rule, one.day, list.as_of) else { continue };
        let (touched, unit_id) = due::touched(db, ruled, one.subject).await?;
        let Some(content) = mark(db, cx, &mut shapes, (class, ruled), one.subject).await? else { continue };
        let hold_id = holding.over(class.code, &touched);
        items.push(Item {
            list_id: list.id,
            class: class.code.to_owned(),
            subject: one.subject,
            unit_id,
            counted_from: one.day,
            due_on,
            rule_id: rule.id,
            content,
            state: if hold_id.is_some() { State::Held } else { State::Waiting },
            why: hold_id.map(|_| Why::Held),
            hold_id,
        });
    }
    let more = over.len() as u64 == STEP;
    Ok(Found { items, after: over.last().filter(|_| more).map(|one| one.subject) })
}

/// The first day on which it may go, if that has come.
pub(super) fn come(rule: &Rule, from: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    rule.due(from).filter(|due| *due <= today)
}

/// What a list that is made now would have on it. Writes nothing.
pub async fn dry_run(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> Result<Vec<Line>, DbErr> {
    let (holding, mut lines) = (Holding::load(db).await?, Vec::<Line>::new());
    let mut list = List {
        id: RetentionListId::new(now),
        slot: String::new(),
        open: None,
        state: ListState::Making,
        as_of: local_date(now),
        place: 0,
        after: None,
        begun_at: now,
        made_at: None,
        proposed_by: None,
        proposed_at: None,
        decided_by: None,
        decided_at: None,
        reason: None,
        done_at: None,
    };
    for class in ruled() {
        list.after = None;
        loop {
            let Found { items, after } = found(db, cx, class, (&list, &holding)).await?;
            for item in items {
                let known = lines.iter_mut().find(|line| {
                    (line.class.as_str(), line.unit_id, line.state)
                        == (item.class.as_str(), item.unit_id, item.state)
                });
                match known {
                    Some(line) => {
                        line.many += 1;
                        line.oldest = line.oldest.min(item.counted_from);
                    }
                    None => lines.push(Line {
                        class: item.class,
                        unit_id: item.unit_id,
                        state: item.state,
                        why: item.why,
                        many: 1,
                        oldest: item.counted_from,
                        rule_id: item.rule_id,
                    }),
                }
            }
            list.after = after;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(lines)
}
