//! Adding a row.

use std::fmt;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{
    ActiveValue::Set, DatabaseTransaction, DbErr, DeriveValueType, EntityTrait, IntoActiveModel, QuerySelect,
};
use serde::{Deserialize, Serialize};

use crate::entity::{self, Row};
use crate::key::Key;
use crate::{Anchor, canonical};

/// The number of a row, from 1.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
)]
#[serde(transparent)]
pub struct Seq(pub i64);

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Something that was done. Ids and codes only: a chain cannot forget, people have a right to be forgotten.
#[derive(Clone, Debug)]
pub struct NewRow<'a> {
    /// Who: an account, or the name of a job.
    pub actor: &'a str,
    /// As what.
    pub role: &'a str,
    /// What was done: `aid.approve`.
    pub action: &'a str,
    /// To what: `case/<id>`.
    pub subject: &'a str,
    /// How it ended: `ok`, or the code of the refusal.
    pub result: &'a str,
    /// More ids.
    pub detail: serde_json::Value,
}

/// Why nothing was appended.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The head row does not carry our seal: somebody changed it, or the key is another. Nothing may be appended to a
    /// chain that does not hold.
    #[error("the head of the audit chain is not sealed with our key")]
    HeadForged,
    /// The database failed.
    #[error("the audit chain could not be written")]
    Db(#[from] DbErr),
}

/// Adds a row and moves the head.
///
/// It takes the lock of the head, which everybody who appends waits for until this transaction ends: call it last. A
/// command that appends twice is fine.
pub async fn append(
    tx: &DatabaseTransaction,
    key: &Key,
    row: &NewRow<'_>,
    now: DateTime<Utc>,
) -> Result<Seq, AuditError> {
    let head = entity::head::Entity::find().lock_exclusive().one(tx).await?.ok_or(AuditError::HeadForged)?;
    let end = Anchor { seq: head.seq, hash: head.hash.clone() };
    let untouched = head.seq == Seq(0) && head.hash.is_empty() && head.seal.is_empty();
    if !untouched && head.seal != end.seal(key) {
        return Err(AuditError::HeadForged);
    }

    let mut new = Row {
        seq: Seq(end.seq.0.saturating_add(1)),
        at: now.trunc_subsecs(6),
        actor: row.actor.to_owned(),
        role: row.role.to_owned(),
        action: row.action.to_owned(),
        subject: row.subject.to_owned(),
        result: row.result.to_owned(),
        detail: row.detail.to_string(),
        hash: Vec::new(),
    };
    new.hash = canonical::hash(key, &end.hash, &new);
    let end = Anchor { seq: new.seq, hash: new.hash.clone() };
    let seq = new.seq;
    entity::Entity::insert(new.into_active_model()).exec_without_returning(tx).await?;

    let mut head = head.into_active_model();
    head.seal = Set(end.seal(key));
    head.seq = Set(end.seq);
    head.hash = Set(end.hash);
    entity::head::Entity::update(head).exec(tx).await?;
    Ok(seq)
}
