//! Imports: some rows of one at a time, so that a server that stops does not keep anybody waiting.

use chrono::{DateTime, Utc};
use domain::{Context, intake::job};

use crate::app::Db;

/// Works on imports.
#[derive(Clone)]
pub struct Intakes {
    /// Rows.
    pub db: Db,
    /// Keys.
    pub cx: Context,
    /// Which server this is.
    pub owner: String,
}

impl Intakes {
    /// One round. Says how many rows were handled.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        Ok(job::round(&self.db, &self.cx, &self.owner, now).await?)
    }
}
