//! Public notices that have run their working days are closed; their cases wait for payment then.

use chrono::{DateTime, Utc};
use domain::{Context, aid::commands::notice};

use crate::app::Db;

/// Closes notices.
#[derive(Clone)]
pub struct Notices {
    /// Rows.
    pub db: Db,
    /// Keys.
    pub cx: Context,
}

impl Notices {
    /// One round. Says how many were closed.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        Ok(notice::close_due_notices(&self.db, &self.cx, now).await?)
    }
}
