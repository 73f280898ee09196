//! What came and belongs to nobody is taken out of the folder of papers.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Utc};
use domain::evidence::{Files, sweep::sweep};

use crate::app::Db;

/// How often, by the server's clock.
const SWEEP_SECONDS: u64 = 6 * 3600;

/// Takes out what belongs to nobody.
#[derive(Clone)]
pub struct Evidence {
    db: Db,
    files: Files,
    /// When the last sweep was, in seconds.
    swept: Arc<AtomicI64>,
}

impl Evidence {
    /// Over a folder.
    pub fn new(db: Db, files: Files) -> Self {
        Self { db, files, swept: Arc::default() }
    }

    /// One round.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        if now.timestamp().abs_diff(self.swept.load(Ordering::Relaxed)) < SWEEP_SECONDS {
            return Ok(0);
        }
        let swept = sweep(&self.db, &self.files, now).await?;
        if swept.spared > 0 {
            tracing::error!(
                objects = swept.spared,
                "nearly nothing in evidence.folder is known to this database; nothing was removed"
            );
        }
        self.swept.store(now.timestamp(), Ordering::Relaxed);
        Ok(0)
    }
}
