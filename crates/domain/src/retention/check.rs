//! After a copy was restored: what has a tombstone and is there again. It goes again, by the decision that stands; a hold wins here too.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::json;
use uuid::Uuid;

use super::{
    Tombstone,
    content::{Shapes, mark},
    due, erase, find,
    holding::Holding,
    refusal::RetentionError,
    tombstone,
};
use crate::{
    Act, By, Context,
    ids::{HoldId, TombstoneId},
};

/// Tombstones of a step.
const STEP: u64 = 50;

/// Something is there again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Of which class.
    pub class: String,
    /// Which row.
    pub subject: Uuid,
    /// It says what it said when it went.
    pub same: bool,
    /// The hold that keeps it now.
    pub held: Option<HoldId>,
}

/// Looks at the tombstones after one. Says what has come back, and the last tombstone that was looked at; `None` when there are no more.
/// With `again` it goes again at once.
pub async fn step(
    db: &DatabaseConnection,
    cx: &Context,
    (after, again): (Option<TombstoneId>, bool),
    now: DateTime<Utc>,
) -> Result<(Vec<Returned>, Option<TombstoneId>), RetentionError> {
    let tx = mailbox::transaction::write(db).await?;
    super::gate(&tx).await?;
    let stones = tombstone::after(&tx, after, STEP).await?;
    let (holding, mut shapes, mut back) = (Holding::load(&tx).await?, Shapes::default(), Vec::new());
    for stone in &stones {
        let Some((class, ruled)) = find(&stone.class) else { continue };
        let Some(now_says) = mark(&tx, cx, &mut shapes, (class, ruled), stone.subject).await? else {
            continue;
        };
        if !ruled.erases() && !says_again(&tx, cx, stone).await? {
            continue;
        }
        let (touched, _) = due::touched(&tx, ruled, stone.subject).await?;
        let held = holding.over(class.code, &touched);
        if again && held.is_none() {
            erase::erase(&tx, cx, (class, ruled), stone.subject).await?;
            let subject = format!("{}/{}", stone.class, stone.subject.simple());
            let detail = json!({ "tombstone": stone.id });
            cx.record(&tx, Act { by: By::INSTALLER, action: "retention.erased_again", subject, detail }, now)
                .await?;
        }
        back.push(Returned {
            class: stone.class.clone(),
            subject: stone.subject,
            same: now_says == stone.content,
            held,
        });
    }
    tx.commit().await?;
    let more = stones.len() as u64 == STEP;
    Ok((back, stones.last().filter(|_| more).map(|stone| stone.id)))
}

/// Of a skeleton: does it say something, and is it over since the same day? Otherwise it is another matter, as when a death was a mistake.
async fn says_again(db: &impl ConnectionTrait, cx: &Context, stone: &Tombstone) -> Result<bool, DbErr> {
    let Some((class, ruled)) = find(&stone.class) else { return Ok(false) };
    let over = due::one(db, (class, ruled), stone.subject).await?;
    Ok(over.is_some_and(|over| over.day == stone.counted_from)
        && !erase::is_empty(db, cx, ruled, stone.subject).await?)
}

/// Writes down that a restored copy was looked at.
pub async fn record(
    db: &DatabaseConnection,
    cx: &Context,
    back: usize,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let act = Act {
        by: By::INSTALLER,
        action: "retention.checked",
        subject: "retention/tombstones".to_owned(),
        detail: json!({ "back": back }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await
}
