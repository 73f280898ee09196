//! Does the chain hold?

use sea_orm::{
    AccessMode, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait, IsolationLevel,
    TransactionOptions, TransactionTrait,
};

use crate::key::Key;
use crate::{Anchor, Seq, canonical, entity, read};

/// Rows held in memory at once.
const CHUNK: u64 = 1000;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every row is as it was written.
    Whole {
        /// How many there are.
        rows: i64,
        /// Where the chain ends: the next anchor.
        head: Anchor,
    },
    /// The chain breaks at `seq`; rows before it are as they were written.
    Broken {
        /// The first row that is not as it was written, or not there.
        seq: Seq,
        /// What is wrong with it.
        why: Broken,
    },
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The row was changed, or another stands in its place.
    Altered,
    /// There is no such row, but there are later ones.
    Missing,
    /// There is no such row and none after it, but the head says there was.
    CutOff,
    /// The row was added behind the end that the head knows.
    Added,
    /// The head row itself was changed, or is gone.
    Head,
    /// The row is not the one that was anchored: the chain was replaced by another, or put back.
    NotAnchored,
}

/// Reads the whole chain, a thousand rows at a time, as it stood at one moment; appending goes on meanwhile.
pub async fn verify(db: &DatabaseConnection, key: &Key) -> Result<Verdict, DbErr> {
    let tx = one_moment(db).await?;
    let verdict = walk(&tx, key).await?;
    tx.commit().await?;
    Ok(verdict)
}

/// Reads the whole chain, and compares it with an anchor that was kept elsewhere.
pub async fn verify_against(db: &DatabaseConnection, key: &Key, anchor: &Anchor) -> Result<Verdict, DbErr> {
    let tx = one_moment(db).await?;
    let verdict = walk(&tx, key).await?;
    let anchored =
        anchor.seq == Seq(0) || read::row(&tx, anchor.seq).await?.is_some_and(|row| row.hash == anchor.hash);
    tx.commit().await?;
    Ok(match verdict {
        Verdict::Whole { .. } if !anchored => Verdict::Broken { seq: anchor.seq, why: Broken::NotAnchored },
        verdict => verdict,
    })
}

/// A transaction that sees one moment. On `SQLite` each does.
async fn one_moment(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let mut options = TransactionOptions::default();
    if db.get_database_backend() == DbBackend::Postgres {
        options.isolation_level = Some(IsolationLevel::RepeatableRead);
        options.access_mode = Some(AccessMode::ReadOnly);
    }
    db.begin_with_options(options).await
}

async fn walk(tx: &DatabaseTransaction, key: &Key) -> Result<Verdict, DbErr> {
    let head = entity::head::Entity::find().one(tx).await?;
    let mut end = Anchor { seq: Seq(0), hash: Vec::new() };
    loop {
        let rows = read::after(tx, end.seq, CHUNK).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let seq = Seq(end.seq.0 + 1);
            let beyond = head.as_ref().is_some_and(|head| seq > head.seq);
            if row.seq != seq {
                return Ok(Verdict::Broken {
                    seq,
                    why: if beyond { Broken::Added } else { Broken::Missing },
                });
            }
            if row.hash != canonical::hash(key, &end.hash, &row) {
                return Ok(Verdict::Broken {
                    seq,
                    why: if beyond { Broken::Added } else { Broken::Altered },
                });
            }
            end = Anchor { seq, hash: row.hash };
        }
    }
    Ok(judge_head(key, head.as_ref(), end))
}

fn judge_head(key: &Key, head: Option<&entity::head::Model>, end: Anchor) -> Verdict {
    let next = Seq(end.seq.0 + 1);
    let Some(head) = head else {
        return Verdict::Broken { seq: end.seq, why: Broken::Head };
    };
    if head.seq > end.seq {
        return Verdict::Broken { seq: next, why: Broken::CutOff };
    }
    let untouched = end.seq == Seq(0) && head.seal.is_empty();
    if head.seq != end.seq || head.hash != end.hash || !(untouched || head.seal == end.seal(key)) {
        return Verdict::Broken { seq: end.seq, why: Broken::Head };
    }
    Verdict::Whole { rows: end.seq.0, head: end }
}
