//! Does the chain hold?

use std::fmt;

use sea_orm::{
    AccessMode, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait, IsolationLevel,
    TransactionOptions, TransactionTrait,
};

use crate::key::Key;
use crate::{Anchor, Seq, canonical, entity, read, rows};

/// Rows held in memory at once.
const CHUNK: i64 = 2000;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every row is as it was written.
    Whole {
        /// How many were read.
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
    /// There is no such row and none after it, but the head or an anchor says there was.
    CutOff,
    /// The row was added behind the end that the head knows.
    Added,
    /// The head row itself was changed, or is gone.
    Head,
    /// The row is not the one that was anchored: the chain was replaced by another, or put back.
    NotAnchored,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Altered => "the row was changed, or another stands in its place",
            Self::Missing => "the row is not there, but later ones are",
            Self::CutOff => "the row and all after it are gone",
            Self::Added => "the row was added behind the end of the chain",
            Self::Head => "the row that knows the end of the chain was changed, or is gone",
            Self::NotAnchored => {
                "the row is not the one that was anchored: the chain was replaced, or put back"
            }
        })
    }
}

/// What is read, and what it is held against.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The first row that is looked at; the one before it is believed, unless an anchor says otherwise. 1 is the whole chain.
    pub from: Seq,
    /// Ends of the chain that were kept elsewhere, in any order.
    pub anchors: &'a [Anchor],
}

/// Reads the whole chain, some thousand rows at a time, as it stood at one moment; appending goes on meanwhile.
pub async fn verify(db: &DatabaseConnection, key: &Key) -> Result<Verdict, DbErr> {
    verify_wanted(db, key, Wanted { from: Seq(1), anchors: &[] }).await
}

/// Reads the whole chain, and compares it with an anchor that was kept elsewhere.
pub async fn verify_against(db: &DatabaseConnection, key: &Key, anchor: &Anchor) -> Result<Verdict, DbErr> {
    verify_wanted(db, key, Wanted { from: Seq(1), anchors: std::slice::from_ref(anchor) }).await
}

/// Reads the chain from a row on, and compares it with every anchor.
pub async fn verify_wanted(db: &DatabaseConnection, key: &Key, wanted: Wanted<'_>) -> Result<Verdict, DbErr> {
    let tx = one_moment(db).await?;
    let verdict = walk(&tx, key, wanted).await?;
    tx.commit().await?;
    Ok(verdict)
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

async fn walk(tx: &DatabaseTransaction, key: &Key, wanted: Wanted<'_>) -> Result<Verdict, DbErr> {
    let mut anchors: Vec<&Anchor> = wanted.anchors.iter().filter(|anchor| anchor.seq > Seq(0)).collect();
    anchors.sort_by_key(|anchor| anchor.seq);
    let mut anchors = anchors.into_iter().peekable();
    let first = Seq(wanted.from.0.max(1));

    let head = entity::head::Entity::find().one(tx).await?;
    let mut end = Anchor { seq: Seq(0), hash: Vec::new() };
    if first > Seq(1) {
        // What was anchored before the first row is read singly.
        while let Some(anchor) = anchors.next_if(|anchor| anchor.seq < first) {
            match read::row(tx, anchor.seq).await? {
                Some(row) if row.hash == anchor.hash => {}
                Some(_) => return Ok(Verdict::Broken { seq: anchor.seq, why: Broken::NotAnchored }),
                None => return Ok(Verdict::Broken { seq: anchor.seq, why: Broken::Missing }),
            }
        }
        let before = Seq(first.0 - 1);
        let Some(row) = read::row(tx, before).await? else {
            let later = !rows::after(tx, before, 1).await?.is_empty();
            let why = if later { Broken::Missing } else { Broken::CutOff };
            return Ok(Verdict::Broken { seq: before, why });
        };
        end = Anchor { seq: before, hash: row.hash };
    }

    let mut bytes = Vec::with_capacity(512);
    loop {
        let rows = rows::after(tx, end.seq, CHUNK).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let seq = Seq(end.seq.0 + 1);
            let broken = |why| {
                let beyond = head.as_ref().is_some_and(|head| seq > head.seq);
                Ok(Verdict::Broken { seq, why: if beyond { Broken::Added } else { why } })
            };
            if row.seq != seq {
                return broken(Broken::Missing);
            }
            canonical::write(&mut bytes, &row);
            if row.hash != canonical::tag(key, &end.hash, &bytes).as_ref() {
                return broken(Broken::Altered);
            }
            while let Some(anchor) = anchors.next_if(|anchor| anchor.seq == seq) {
                if anchor.hash != row.hash {
                    return Ok(Verdict::Broken { seq, why: Broken::NotAnchored });
                }
            }
            end = Anchor { seq, hash: row.hash };
        }
    }
    if anchors.peek().is_some() {
        return Ok(Verdict::Broken { seq: Seq(end.seq.0 + 1), why: Broken::CutOff });
    }
    Ok(judge_head(key, head.as_ref(), end, first))
}

fn judge_head(key: &Key, head: Option<&entity::head::Model>, end: Anchor, first: Seq) -> Verdict {
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
    Verdict::Whole { rows: end.seq.0 - first.0 + 1, head: end }
}
