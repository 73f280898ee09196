//! Every letter to a person has its row in the ledger, written with the letter.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Channel, Notice, Occasion, Status, store};
use crate::{
    account,
    ids::{AccountId, NoticeId},
};

/// Writes that a letter waits for a login. A row that is there already stays.
pub(crate) async fn queued(
    tx: &impl ConnectionTrait,
    (account, occasion): (&AccountId, Occasion),
    due_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let Some(account) = account::store::find(tx, account).await? else { return Ok(()) };
    let notice = Notice {
        id: NoticeId::new(now),
        occurrence_id: None,
        person_id: account.person_id,
        account_id: Some(account.id),
        occasion,
        status: Status::Queued,
        reason: None,
        process_query_key: None,
        due_at,
        created_at: now,
        updated_at: now,
        accepted_at: None,
        channel: Channel::Robot,
        sent_at: None,
        flow_controlled_at: None,
        read_at: None,
        proof_at: None,
        climb_at: None,
    };
    store::insert(tx, vec![notice]).await
}
