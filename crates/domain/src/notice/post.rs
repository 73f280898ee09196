//! Every letter to a person has its row in the ledger, written with the letter.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use super::{Channel, Notice, Occasion, Status, call, store};
use crate::{
    account,
    ids::{AccountId, NoticeId, PersonId},
};

/// Writes that a letter waits for a login. A row that is there already stays.
pub(crate) async fn queued(
    tx: &impl ConnectionTrait,
    (account, occasion): (&AccountId, Occasion),
    due_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let Some(account) = account::store::find(tx, account).await? else { return Ok(()) };
    let whom = (account.person_id, Some(account.id), Channel::Robot);
    store::insert(tx, vec![fresh(whom, occasion, due_at, now)]).await
}

/// Asks a worker to telephone: the person has no login to which a letter could go.
pub(crate) async fn to_call(
    tx: &DatabaseTransaction,
    person: PersonId,
    occasion: Occasion,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let notice = fresh((Some(person), None, Channel::Call), occasion, now, now);
    store::insert(tx, vec![notice.clone()]).await?;
    call::open_in(tx, &notice, now).await
}

fn fresh(
    (person_id, account_id, channel): (Option<PersonId>, Option<AccountId>, Channel),
    occasion: Occasion,
    due_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Notice {
    Notice {
        id: NoticeId::new(now),
        occurrence_id: None,
        person_id,
        account_id,
        occasion,
        status: Status::Queued,
        reason: None,
        process_query_key: None,
        due_at,
        created_at: now,
        updated_at: now,
        accepted_at: None,
        channel,
        sent_at: None,
        flow_controlled_at: None,
        read_at: None,
        proof_at: None,
        climb_at: None,
    }
}
