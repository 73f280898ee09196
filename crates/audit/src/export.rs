//! Rows in a file that can be checked elsewhere: a line that says what was asked for, a line for each row with the hash
//! before it, and a line with the digest of all of that, which whoever exports can sign. One row at a time in memory.

use std::io::{self, BufRead, Write};

use chrono::{DateTime, Utc};
use ring::digest::{Context, SHA256};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::entity::{Column, Entity, Row};
use crate::key::Key;
use crate::proof::Link;
use crate::{Anchor, Search, Seq, canonical, read};

/// The format; a later one has another number.
const FORMAT: &str = "yinling-audit-export/1";
/// Rows read at once.
const CHUNK: u64 = 500;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Begins {
    format: String,
    made_at: DateTime<Utc>,
    asked: Asked,
    /// Where the chain ended.
    head: Anchor,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    subjects: Vec<String>,
    actor: Option<String>,
    actions: Vec<String>,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
}

/// The last line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Ends {
    rows: u64,
    /// SHA-256 of every byte before this line, in hex.
    digest: String,
    /// Of the digest, by whoever exported; in hex.
    signature: String,
    /// The public key that goes with it.
    key: String,
}

/// Why nothing, or not everything, was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database failed.
    #[error("the audit chain could not be read")]
    Db(#[from] DbErr),
    /// The file failed.
    #[error("the file could not be written")]
    Io(#[from] io::Error),
    /// JSON failed.
    #[error("a row could not be written as JSON")]
    Json(#[from] serde_json::Error),
}

/// What was exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of the file but for its last line, in hex.
    pub digest: String,
}

/// Writes what a search finds, oldest first, up to where the chain ends now. `sign` turns the digest into a signature and
/// the public key that goes with it, both as text.
pub async fn export(
    db: &impl ConnectionTrait,
    search: &Search,
    out: &mut impl Write,
    sign: impl FnOnce(&str) -> (String, String),
    now: DateTime<Utc>,
) -> Result<Exported, ExportError> {
    let head = read::head(db).await?;
    let begins = Begins { format: FORMAT.to_owned(), made_at: now, asked: Asked::of(search), head };
    let (mut sum, mut rows) = (Context::new(&SHA256), 0);
    put(out, &mut sum, &begins)?;
    let mut after = Seq(0);
    loop {
        let some = search.select().filter(Column::Seq.gt(after)).filter(Column::Seq.lte(begins.head.seq));
        let some = some.order_by_asc(Column::Seq).limit(CHUNK).all(db).await?;
        let Some(last) = some.last() else { break };
        after = last.seq;
        let before = hashes(db, &some).await?;
        for row in some {
            let previous = before.get(&(row.seq.0 - 1)).cloned().unwrap_or_default();
            put(out, &mut sum, &Link { previous, row })?;
            rows += 1;
        }
    }
    let digest = hex::encode(sum.finish());
    let (signature, key) = sign(&digest);
    serde_json::to_writer(&mut *out, &Ends { rows, digest: digest.clone(), signature, key })?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(Exported { rows, digest })
}

/// The hashes of the rows before these.
async fn hashes(db: &impl ConnectionTrait, rows: &[Row]) -> Result<BTreeMap<i64, Vec<u8>>, DbErr> {
    let before = rows.iter().map(|row| row.seq.0 - 1);
    let found: Vec<(i64, Vec<u8>)> = Entity::find()
        .select_only()
        .columns([Column::Seq, Column::Hash])
        .filter(Column::Seq.is_in(before))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

fn put(out: &mut impl Write, sum: &mut Context, line: &impl Serialize) -> Result<(), ExportError> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    sum.update(&text);
    Ok(out.write_all(&text)?)
}

impl Asked {
    fn of(search: &Search) -> Self {
        let it = search.clone();
        Self { subjects: it.subjects, actor: it.actor, actions: it.actions, from: it.from, to: it.to }
    }

    fn search(&self) -> Search {
        let it = self.clone();
        Search { subjects: it.subjects, actor: it.actor, actions: it.actions, from: it.from, to: it.to }
    }
}

/// What a file is found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// How many rows.
    pub rows: u64,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Where the chain ended then.
    pub head: Anchor,
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum NotAnExport {
    /// It cannot be read.
    #[error("the file cannot be read")]
    Io(#[from] io::Error),
    /// A line is not what belongs there.
    #[error("line {0} is not what belongs there")]
    Line(usize),
    /// The rows are not those of which the last line speaks.
    #[error("the file was changed: its digest is another")]
    Digest,
    /// The signature is not one of the expected key.
    #[error("the file is not signed by the expected key")]
    Signature,
    /// A row does not follow on the one before, does not answer to what was asked, or was changed.
    #[error("row {0} is not as it was written")]
    Row(Seq),
}

/// Checks a file without a database: order, links, digest and signature; with the chain's key also each row.
/// `signed` says whether digest, signature and key belong together and the key is the expected one.
pub fn check(
    file: impl BufRead,
    key: Option<&Key>,
    signed: impl FnOnce(&str, &str, &str) -> bool,
) -> Result<Checked, NotAnExport> {
    let (mut lines, mut sum) = (file.lines(), Context::new(&SHA256));
    let first = lines.next().ok_or(NotAnExport::Line(1))??;
    let begins: Begins = serde_json::from_str(&first).or(Err(NotAnExport::Line(1)))?;
    if begins.format != FORMAT {
        return Err(NotAnExport::Line(1));
    }
    add(&mut sum, &first);
    let (search, mut rows, mut number) = (begins.asked.search(), 0, 1);
    let mut last: Option<(Seq, Vec<u8>)> = None;
    for line in lines {
        let line = line?;
        number += 1;
        let Ok(shown) = serde_json::from_str::<Link>(&line) else {
            let ends: Ends = serde_json::from_str(&line).or(Err(NotAnExport::Line(number)))?;
            let digest = hex::encode(sum.finish());
            if ends.digest != digest || ends.rows != rows {
                return Err(NotAnExport::Digest);
            }
            if !signed(&digest, &ends.signature, &ends.key) {
                return Err(NotAnExport::Signature);
            }
            return Ok(Checked { rows, made_at: begins.made_at, head: begins.head });
        };
        add(&mut sum, &line);
        let seq = shown.row.seq;
        let follows = last
            .as_ref()
            .is_none_or(|(before, hash)| seq > *before && (seq.0 != before.0 + 1 || shown.previous == *hash));
        let within = seq <= begins.head.seq && (seq < begins.head.seq || shown.row.hash == begins.head.hash);
        let written =
            key.is_none_or(|key| canonical::hash(key, &shown.previous, &shown.row) == shown.row.hash);
        if !(follows && within && written && search.matches(&shown.row)) {
            return Err(NotAnExport::Row(seq));
        }
        last = Some((seq, shown.row.hash));
        rows += 1;
    }
    Err(NotAnExport::Line(number + 1))
}

fn add(sum: &mut Context, line: &str) {
    sum.update(line.as_bytes());
    sum.update(b"\n");
}
