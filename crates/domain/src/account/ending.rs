//! Ending a link: at once, by whoever may.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{
    AccountLink, LinkKind,
    commands::{LinkError, reach},
    mandate::{MandateNews, news},
    store,
};
use crate::{
    Context,
    authority::{Myself, Worker},
    context::{Act, By},
    ids::{AccountId, AccountLinkId, PersonId},
    person::{self, Happened},
};

/// Ends a link at once: a worker for anybody in reach.
pub async fn end_link(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    link: AccountLinkId,
    now: DateTime<Utc>,
) -> Result<(), LinkError> {
    let tx = mailbox::transaction::write(db).await?;
    let row = store::find_link(&tx, link).await?.ok_or(LinkError::NotFound)?;
    reach(&tx, worker, row.person_id).await?;
    end(&tx, cx, By::from(worker), worker.account(), &row, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a mandate at once: the person himself, or the one who holds it and wants no more of it.
pub async fn end_mandate(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    link: AccountLinkId,
    now: DateTime<Utc>,
) -> Result<(), LinkError> {
    let tx = mailbox::transaction::write(db).await?;
    let row = store::find_link(&tx, link).await?.ok_or(LinkError::NotFound)?;
    let mine = row.person_id == myself.person() && !myself.is_for_another();
    let held = row.account_id == *myself.account();
    if row.kind != LinkKind::Proxy || !(mine || held) {
        return Err(LinkError::NotFound);
    }
    let by = if held { By::login(myself.account()) } else { By::from(myself) };
    end(&tx, cx, by, myself.account(), &row, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The same for whoever holds it and is nobody in the register.
pub async fn give_up_mandate(
    db: &DatabaseConnection,
    cx: &Context,
    account: &AccountId,
    link: AccountLinkId,
    now: DateTime<Utc>,
) -> Result<(), LinkError> {
    let tx = mailbox::transaction::write(db).await?;
    let row = store::find_link(&tx, link).await?.ok_or(LinkError::NotFound)?;
    if row.kind != LinkKind::Proxy || row.account_id != *account {
        return Err(LinkError::NotFound);
    }
    end(&tx, cx, By::login(account), account, &row, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Is the login the person's own? Nobody is told what he has just done.
async fn is_of(tx: &DatabaseTransaction, account: &AccountId, person: PersonId) -> Result<bool, DbErr> {
    Ok(store::of_person(tx, person).await?.is_some_and(|own| own.id == *account))
}

async fn end(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    actor: &AccountId,
    link: &AccountLink,
    now: DateTime<Utc>,
) -> Result<(), LinkError> {
    if !store::end_link(tx, link.id, now).await? {
        return Err(LinkError::NotFound);
    }
    if link.kind == LinkKind::Own {
        store::set_person(tx, &link.account_id, None).await?;
    } else if !is_of(tx, actor, link.person_id).await? {
        news::tell(tx, link.person_id, (MandateNews::Ended, link.id.uuid()), now).await?;
    }
    let what = Happened::Unlinked { link: link.id };
    person::store::write_event(tx, link.person_id, Some(actor), what, now).await?;
    let detail = json!({ "account": link.account_id, "person": link.person_id, "kind": link.kind.code() });
    cx.record(tx, Act { by, action: "link.ended", subject: format!("link/{}", link.id), detail }, now)
        .await?;
    Ok(())
}
