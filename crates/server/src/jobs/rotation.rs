//! Another key: what is sealed with an older one is sealed anew, a batch in each round, while pages are served.

use chrono::{DateTime, Utc};
use domain::{
    Context,
    rotation::{Step, step},
};

use crate::app::Db;

/// Seals anew.
#[derive(Clone)]
pub struct Rotation {
    /// Rows.
    pub db: Db,
    /// Keys, the newest first.
    pub cx: Context,
}

impl Rotation {
    /// One batch. Says how many values it was, and one more so that the next batch follows at once.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        Ok(match step(&self.db, &self.cx, now).await? {
            Step::Went(values) => usize::try_from(values)?.saturating_add(1),
            Step::Finished => 0,
        })
    }
}
