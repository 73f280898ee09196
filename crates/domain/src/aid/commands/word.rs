//! Somebody's word about a case: he says it himself, on the person's side, or he called or came and a worker writes it down. Either way it is
//! the same word, and the log says who wrote it.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use super::open::{Actor, Open};
use crate::{
    aid::{AidError, separation::Part},
    authority::{Myself, Worker},
    ids::{AccountId, CaseId},
};

/// Who said it, and how it came.
#[derive(Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) actor: Actor<'a>,
    pub(super) account: &'a AccountId,
    pub(super) by_hand: bool,
}

/// The case of whoever follows it on the person's side.
pub(super) async fn own<'a>(
    tx: &DatabaseTransaction,
    myself: &'a Myself,
    case: CaseId,
) -> Result<(Open, Word<'a>), AidError> {
    let open = Open::lock(tx, case).await?;
    if !open.case.is_applicant(myself.account()) && open.case.person_id != myself.person() {
        return Err(AidError::NotFound);
    }
    let word = Word { actor: Actor::myself(myself), account: myself.account(), by_hand: false };
    Ok((open, word))
}

/// The case of whoever called or came, for a worker who writes down what he says.
pub(super) async fn noted<'a>(
    tx: &DatabaseTransaction,
    worker: &'a Worker,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<(Open, Word<'a>), AidError> {
    let open = Open::reached(tx, worker, case).await?;
    open.apart(tx, worker, Part::Clerk, now).await?;
    let word = Word { actor: Actor::of(worker), account: worker.account(), by_hand: true };
    Ok((open, word))
}
