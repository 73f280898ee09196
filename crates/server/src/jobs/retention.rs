//! 保管期限: on the first round of a month what is due is listed, a few subjects at a time; what was approved goes, a few at a time; each
//! tombstone is written down outside the database, too; and what lives for days is taken away.

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use domain::{
    Context,
    ids::TombstoneId,
    retention::{self, Step, Tally, passing, register},
};

use crate::app::Db;

/// How often what lives for days is looked for.
const SWEEP_SECONDS: u64 = 6 * 3600;
/// The register's name in its folder.
const FILE: &str = "tombstones.jsonl";

/// Lists, takes away, writes down.
#[derive(Clone)]
pub struct Retention {
    db: Db,
    cx: Context,
    /// Where tombstones are kept outside the database; `None` keeps none there.
    folder: Option<PathBuf>,
    /// When the last sweep was, in seconds.
    swept: Arc<AtomicI64>,
    written: Arc<AtomicBool>,
}

impl Retention {
    /// With the folder of the register.
    pub fn new(db: Db, cx: Context, folder: Option<PathBuf>) -> Self {
        Self { db, cx, folder, swept: Arc::default(), written: Arc::default() }
    }

    /// One round. Says how much was done, so that the next one follows at once.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        if now.timestamp().abs_diff(self.swept.load(Ordering::Relaxed)) >= SWEEP_SECONDS {
            let swept = passing::sweep(&self.db, now).await?;
            if swept.total() > 0 {
                tracing::info!(rows = swept.total(), "what lives for days was taken away");
            }
            self.swept.store(now.timestamp(), Ordering::Relaxed);
        }
        retention::monthly(&self.db, now).await?;
        let made = match retention::make(&self.db, &self.cx, now).await? {
            Tally::Idle => 0,
            Tally::Went(many) => many + 1,
            Tally::Made => 1,
        };
        let gone = match retention::step(&self.db, &self.cx, now).await? {
            Step::Idle => 0,
            Step::Went { erased, left_out } => erased + left_out,
            Step::Finished => 1,
        };
        // Also after a start: whoever died before may not have come to it.
        if let Some(folder) = &self.folder
            && (gone > 0 || !self.written.load(Ordering::Relaxed))
        {
            keep(&self.db, &self.cx, folder).await?;
            self.written.store(true, Ordering::Relaxed);
        }
        Ok(made + gone)
    }
}

/// What a register says.
pub(crate) fn kept(cx: &Context, folder: &Path) -> anyhow::Result<Vec<retention::Tombstone>> {
    let path = folder.join(FILE);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    register::read(cx, &text).with_context(|| format!("{} is not to be trusted", path.display()))
}

/// Adds the tombstones that are not there yet, and waits until they are on the medium.
pub(crate) async fn keep(db: &Db, cx: &Context, folder: &Path) -> anyhow::Result<usize> {
    let known: BTreeSet<TombstoneId> = kept(cx, folder)?.into_iter().map(|stone| stone.id).collect();
    let missing = register::missing(db, &known).await?;
    if missing.is_empty() {
        return Ok(0);
    }
    let mut text = String::new();
    for stone in &missing {
        text.push_str(&register::line(cx, stone)?);
        text.push('\n');
    }
    fs::create_dir_all(folder)?;
    let path = folder.join(FILE);
    // A line that a crash left half written is taken off: its tombstone is among the missing.
    if let Ok(there) = fs::read_to_string(&path)
        && !there.is_empty()
        && !there.ends_with('\n')
    {
        let whole = there.rfind('\n').map_or(0, |end| end + 1);
        OpenOptions::new().write(true).open(&path)?.set_len(u64::try_from(whole)?)?;
    }
    let mut file = OpenOptions::new().append(true).create(true).open(&path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(missing.len())
}
