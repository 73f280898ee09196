//! Objects that no row names go, and so do the papers of drafts that nobody sent.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use super::{EvidenceError, Files, coming, store};

/// Names that are looked up at a time.
const SOME: usize = 100;
/// So few may all be nobody's.
const FEW: usize = 20;

/// What was taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Papers of drafts.
    pub papers: u64,
    /// Announcements of whoever died while writing.
    pub announcements: u64,
    /// Objects.
    pub objects: usize,
    /// Objects that stay although no row names them, because nearly all do: it looks like the folder of another database.
    pub spared: usize,
}

/// Takes away what belongs to nobody. Any number of servers may do it at any moment: an object is announced before it is there, so one
/// that is there, is not announced and has no row, will never have one.
pub async fn sweep(
    db: &DatabaseConnection,
    files: &Files,
    now: DateTime<Utc>,
) -> Result<Swept, EvidenceError> {
    let tx = mailbox::transaction::write(db).await?;
    let papers = store::purge(&tx).await?;
    tx.commit().await?;
    let announcements = coming::forget(db, now).await?;
    // First the names, and then the rows.
    let names = files.names().await?;
    let mut nobodys = Vec::new();
    for some in names.chunks(SOME) {
        let mut known: BTreeSet<String> = coming::among(db, some).await?.into_iter().collect();
        // An announcement goes in the transaction in which the row comes: looked for in this order, one of the two is seen.
        known.extend(store::named(db, some).await?);
        nobodys.extend(some.iter().filter(|name| !known.contains(*name)).cloned());
    }
    if nobodys.len() > FEW && nobodys.len() * 10 > names.len() * 9 {
        return Ok(Swept { papers, announcements, objects: 0, spared: nobodys.len() });
    }
    for name in &nobodys {
        files.remove(name).await?;
    }
    Ok(Swept { papers, announcements, objects: nobodys.len(), spared: 0 })
}
