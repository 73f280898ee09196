//! The rows of one subject, to be handed over with its papers.

use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};

use crate::entity::Row;
use crate::key::Key;
use crate::{Anchor, Seq, canonical, read};

/// Everything done to one subject, each row with the hash before it. Whoever has the key can tell, without the database,
/// that every row is as it was written. That none is left out only the whole chain can tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slice {
    /// Of what.
    pub subject: String,
    /// The rows, in order.
    pub rows: Vec<Link>,
    /// Where the chain ended when the slice was taken.
    pub head: Anchor,
}

/// A row and the hash of the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The hash before it; empty for the first row of all.
    #[serde(with = "hex::serde")]
    pub previous: Vec<u8>,
    /// The row.
    pub row: Row,
}

/// Takes the slice of `subject`.
pub async fn slice(db: &impl ConnectionTrait, subject: &str) -> Result<Slice, DbErr> {
    let head = read::head(db).await?;
    let mut rows = Vec::new();
    for row in read::of_subject(db, subject).await? {
        if row.seq > head.seq {
            break;
        }
        let before = read::row(db, Seq(row.seq.0 - 1)).await?;
        rows.push(Link { previous: before.map(|row| row.hash).unwrap_or_default(), row });
    }
    Ok(Slice { subject: subject.to_owned(), rows, head })
}

impl Slice {
    /// The first row that is not as it was written, is about something else, or is out of order.
    pub fn first_forged(&self, key: &Key) -> Option<Seq> {
        let mut last = Seq(0);
        for Link { previous, row } in &self.rows {
            let at_the_end = row.seq == self.head.seq && row.hash != self.head.hash;
            let forged = row.hash != canonical::hash(key, previous, row);
            if forged
                || at_the_end
                || row.subject != self.subject
                || row.seq <= last
                || row.seq > self.head.seq
            {
                return Some(row.seq);
            }
            last = row.seq;
        }
        None
    }
}
