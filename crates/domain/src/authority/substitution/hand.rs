//! Where two must be two, a substitute and the one he stands in for are one.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::store;
use crate::{
    authority::{Held, Proof},
    ids::AccountId,
};

/// Is whoever acts now, himself or by a substitute, the one who did something then, himself or as a substitute?
pub async fn same_hand<R: Held>(
    db: &impl ConnectionTrait,
    proof: &Proof<R>,
    (did, at): (&AccountId, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let mut now_hand = store::stood_for(db, proof.account(), now).await?;
    now_hand.extend(proof.stands_for().cloned());
    now_hand.push(proof.account().clone());
    let mut then_hand = store::stood_for(db, did, at).await?;
    then_hand.push(did.clone());
    Ok(now_hand.iter().any(|one| then_hand.contains(one)))
}
