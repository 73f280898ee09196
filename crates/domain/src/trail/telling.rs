//! The anchor by letter: what two people have in their telephones nobody can put back with the database and the folder.

use audit::Seq;
use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use serde_json::json;

use super::letters::Letter;
use crate::{
    Context, account,
    authority::{Role, store as grants},
    calendar::local_date,
    context::{Act, By},
    ids::AccountId,
    letters,
};

/// Tells the day's end of the chain to the audit administrators and to these, once a day. Says how many letters are new. Safe to repeat,
/// by any number of servers.
pub async fn tell(
    db: &DatabaseConnection,
    cx: &Context,
    also: &[AccountId],
    now: DateTime<Utc>,
) -> Result<usize, DbErr> {
    let on = local_date(now);
    let tx = mailbox::transaction::write(db).await?;
    let head = audit::head(&tx).await?;
    if head.seq == Seq(0) {
        return Ok(0);
    }
    let mut whom: Vec<(AccountId, bool)> = Vec::new();
    for grant in grants::live(&tx, now).await? {
        let known = whom.iter().any(|(account, _)| *account == grant.account_id);
        if grant.role == Role::AuditAdmin && !known {
            whom.push((grant.account_id, true));
        }
    }
    for id in also {
        let there = account::store::find(&tx, id).await?.is_some_and(|account| account.active);
        if there && !whom.iter().any(|(account, _)| account == id) {
            whom.push((id.clone(), false));
        }
    }
    let mut told = 0;
    for (account, desk) in whom {
        let letter = Letter::Anchor { on, anchor: head.to_string(), account: account.clone(), desk };
        let new = letters::post(&tx, &letters::Letter::Trail(letter), Some(&account), now, now).await?;
        told += usize::from(new);
    }
    if told > 0 {
        let act = Act {
            by: By::SYSTEM,
            action: "trail.anchor_told",
            subject: format!("anchor/{on}"),
            detail: json!({ "row": head.seq.0, "letters": told }),
        };
        cx.record(&tx, act, now).await?;
        tx.commit().await?;
    }
    Ok(told)
}
