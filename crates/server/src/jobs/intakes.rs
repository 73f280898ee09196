//! Imports: some rows of one at a time, so that a server that stops does not keep anybody waiting.

use chrono::{DateTime, Utc};
use domain::{Context, intake::job, rotation};

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
    /// One round. Says how many rows were handled. None while keys change: a list finds people by index, and under two keys one person
    /// has two.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        if rotation::is_under_way(&self.db, &self.cx.seal).await? {
            return Ok(0);
        }
        Ok(job::round(&self.db, &self.cx, &self.owner, now).await?)
    }
}
