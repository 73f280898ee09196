//! 任期: a grant with an end ends by itself. Fourteen days before, its holder is told, once.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use serde_json::json;

use super::{letters::Letter, store};
use crate::{
    Context,
    context::{Act, By},
    letters,
};

/// So long before the end.
pub const NOTICE: TimeDelta = TimeDelta::days(14);

/// So many in one transaction.
const ROUND: u64 = 50;

/// Tells the holders whose terms end soon. Says how many. Safe to repeat, by any number of servers.
pub async fn remind(db: &DatabaseConnection, cx: &Context, now: DateTime<Utc>) -> Result<usize, DbErr> {
    if store::ending(db, (now, now + NOTICE), 1).await?.is_empty() {
        return Ok(0);
    }
    let tx = mailbox::transaction::write(db).await?;
    let mut told = 0;
    for grant in store::ending(&tx, (now, now + NOTICE), ROUND).await? {
        if !store::reminded(&tx, grant.id, now).await? {
            continue;
        }
        let letter = Letter::TermEnds { grant: grant.id, account: grant.account_id.clone() };
        letters::post(&tx, &letters::Letter::Authority(letter), Some(&grant.account_id), now, now).await?;
        let act = Act {
            by: By::SYSTEM,
            action: "grant.end_told",
            subject: format!("grant/{}", grant.id),
            detail: json!({ "account": grant.account_id }),
        };
        cx.record(&tx, act, now).await?;
        told += 1;
    }
    tx.commit().await?;
    Ok(told)
}
