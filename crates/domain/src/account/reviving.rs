//! A link that ended with a death which was none goes on. Nobody is told of it by a letter.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction, DbErr};

use super::{AccountLink, LinkKind, link, store};
use crate::ids::{AccountId, AccountLinkId};

/// What became of it.
pub(crate) enum Link {
    /// The login is the person's own again; its sessions stay ended.
    Own(AccountId),
    /// The mandate goes on, or would be over by now anyway.
    Mandate,
    /// The login has left, or is somebody else's by now.
    Gone,
}

/// The link that was ended at a moment is good again until when it was to be.
pub(crate) async fn link(
    tx: &DatabaseTransaction,
    id: AccountLinkId,
    (ended_at, valid_to): (DateTime<Utc>, Option<DateTime<Utc>>),
    now: DateTime<Utc>,
) -> Result<Link, DbErr> {
    let found = store::find_link(tx, id).await?.filter(|row| row.valid_to == Some(ended_at));
    let Some(row) = found else { return Ok(Link::Gone) };
    let account = store::find_locked(tx, &row.account_id).await?.filter(|account| account.active);
    let Some(account) = account else { return Ok(Link::Gone) };
    match row.kind {
        LinkKind::Own => {
            if account.person_id.is_some() || store::holder_of_person(tx, row.person_id).await?.is_some() {
                return Ok(Link::Gone);
            }
            store::set_person(tx, &account.id, Some(row.person_id)).await?;
            again(tx, row, valid_to).await?;
            Ok(Link::Own(account.id))
        }
        LinkKind::Proxy => {
            let over = valid_to.is_none_or(|until| until <= now);
            if !over && store::mandate(tx, &account.id, row.person_id, now).await?.is_none() {
                again(tx, row, valid_to).await?;
            }
            Ok(Link::Mandate)
        }
    }
}

async fn again(
    tx: &impl ConnectionTrait,
    row: AccountLink,
    valid_to: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    link::ActiveModel { valid_to: Set(valid_to), ..row.into() }.update(tx).await?;
    Ok(())
}
