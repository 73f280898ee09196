//! A walk as a job: each night once, however many servers there are; and whenever somebody asks for one.

use chrono::{DateTime, Utc};
use dingtalk::Client;
use domain::{
    Context,
    calendar::{local_date, local_time},
    directory::{Kind, Rail, Run, State, commands, store},
};
use mailbox::point;

use super::walk;
use crate::{app::Db, config};

/// Walks, compares, writes or asks.
#[derive(Clone)]
pub struct Directory {
    /// Rows.
    pub db: Db,
    /// Keys.
    pub cx: Context,
    /// The platform.
    pub client: Client,
    /// When, and how much it may take away.
    pub settings: config::Directory,
}

impl Directory {
    /// One round: goes on with what was not finished, or walks if this night's walk is due.
    pub async fn nightly(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        if commands::resume(&self.db, &self.cx, now).await? {
            return Ok(1);
        }
        let Some(at) = self.settings.nightly_at else { return Ok(0) };
        if local_time(now) < at {
            return Ok(0);
        }
        let night = local_date(now).to_string();
        if let Some(run) = commands::begin(&self.db, Some(&night), now).await? {
            self.walk(&run, now).await?;
        }
        Ok(0)
    }

    /// A walk of its own, now.
    pub async fn sync(&self, now: DateTime<Utc>) -> anyhow::Result<Option<Run>> {
        let Some(run) = commands::begin(&self.db, None, now).await? else { return Ok(None) };
        self.walk(&run, now).await.map(Some)
    }

    async fn walk(&self, run: &Run, now: DateTime<Utc>) -> anyhow::Result<Run> {
        point("walk.begun").await?;
        let known = store::known(&self.db).await?;
        let seen = match walk(&self.client).await {
            Ok(seen) => seen,
            Err(error) => {
                commands::fail(&self.db, run, now).await?;
                metrics::counter!("directory_walks", "end" => "failed").increment(1);
                return Err(error.into());
            }
        };
        point("walk.read").await?;
        let done = commands::settle(&self.db, &self.cx, run, (&known, &seen), self.rail(), now).await?;
        self.told(&done).await?;
        Ok(done)
    }

    /// What a walk may take away by itself.
    pub(super) fn rail(&self) -> Rail {
        Rail { percent: self.settings.removal_percent, unasked: self.settings.removals_unasked }
    }

    async fn told(&self, run: &Run) -> anyhow::Result<()> {
        let stopped = run.state == State::Asked;
        metrics::counter!("directory_walks", "end" => if stopped { "asked" } else { "applied" }).increment(1);
        if stopped {
            tracing::warn!(
                run.known,
                run.removals,
                "the directory would take away too many: somebody is asked"
            );
            return Ok(());
        }
        for kind in Kind::REPORTED {
            let count = store::count(&self.db, run.id, kind).await?;
            metrics::counter!("directory_changes", "kind" => kind.code()).increment(count);
        }
        Ok(())
    }
}
