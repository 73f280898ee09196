//! The chain, kept honest: its end is written down outside the database each day and every so many rows, and once a night the whole of it
//! is walked through.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use audit::{Kept, Seq, Wanted};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{
    Context,
    calendar::{local_date, local_time},
    ids::AccountId,
    trail::{
        checks::{self, Finding},
        telling,
    },
};
use mailbox::turn::Writer as _;

use crate::app::Db;

/// The longest time without an anchor, in a chain that grows.
const A_DAY: TimeDelta = TimeDelta::days(1);

/// Anchors the chain and walks through it.
#[derive(Clone)]
pub struct Trail {
    /// Rows.
    pub db: Db,
    /// Keys.
    pub cx: Context,
    /// Where anchors are kept; `None` keeps none.
    pub folder: Option<PathBuf>,
    /// An anchor after so many rows, too.
    pub every_rows: i64,
    /// When the walk begins, by the local clock; never when `None`.
    pub check_at: Option<NaiveTime>,
    /// From when on the day's anchor is told by letter; never when `None`.
    pub tell_at: Option<NaiveTime>,
    /// To whom besides the audit administrators.
    pub tell_also: Vec<AccountId>,
    /// The day that was told last, as far as this server knows: asking again would change nothing.
    pub told: Arc<Mutex<Option<NaiveDate>>>,
}

impl Trail {
    /// One round. Never says that more is to do: neither comes twice in a row.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        self.anchor(now).await?;
        self.check(now).await?;
        self.tell(now).await?;
        Ok(0)
    }

    /// Tells the day's anchor to those who keep it elsewhere.
    pub async fn tell(&self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        let day = local_date(now);
        let known = self.told.lock().map_or(None, |told| *told);
        if self.tell_at.is_none_or(|at| local_time(now) < at) || known == Some(day) {
            return Ok(0);
        }
        let letters = telling::tell(&self.db, &self.cx, &self.tell_also, now).await?;
        if let Ok(mut told) = self.told.lock() {
            *told = Some(day);
        }
        Ok(letters)
    }

    /// Keeps the end of the chain if the last anchor is a day or enough rows old. Each server looks at its own folder.
    pub async fn anchor(&self, now: DateTime<Utc>) -> anyhow::Result<bool> {
        let Some(folder) = &self.folder else { return Ok(false) };
        let last = audit::kept(folder, &self.cx.audit)?.pop();
        let head = audit::head(&self.db).await?;
        let due = match &last {
            None => head.seq > Seq(0),
            Some(last) => {
                let grown = head.seq.0 - last.anchor.seq.0;
                grown > 0 && (grown >= self.every_rows || now - last.at >= A_DAY)
            }
        };
        if due {
            tracing::info!(audit.seq = head.seq.0, "the end of the audit chain is anchored");
            audit::keep(folder, &self.cx.audit, &Kept { at: now, anchor: head })?;
        }
        Ok(due)
    }

    async fn check(&self, now: DateTime<Utc>) -> anyhow::Result<()> {
        let day = local_date(now);
        if self.check_at.is_none_or(|at| local_time(now) < at) {
            return Ok(());
        }
        let last = checks::last(&self.db, 1).await?.into_iter().next();
        if last.is_some_and(|last| last.on_day >= day && last.finished_at.is_some()) {
            return Ok(());
        }
        let kept = match &self.folder {
            None => Ok(Vec::new()),
            Some(folder) => audit::kept(folder, &self.cx.audit),
        };
        let count = kept.as_ref().map_or(0, |kept| i32::try_from(kept.len()).unwrap_or(i32::MAX));
        let taken = {
            let _turn = self.db.turn().await;
            checks::begin(&self.db, day, count, now).await?
        };
        if !taken {
            return Ok(());
        }
        let finding = match kept {
            Err(error) => Finding::Anchors(error.to_string()),
            Ok(kept) => {
                let anchors: Vec<_> = kept.into_iter().map(|kept| kept.anchor).collect();
                let wanted = Wanted { from: Seq(1), anchors: &anchors };
                Finding::Chain(audit::verify_wanted(&self.db, &self.cx.audit, wanted).await?)
            }
        };
        if !matches!(finding, Finding::Chain(audit::Verdict::Whole { .. })) {
            tracing::error!(?finding, "the audit chain does not hold");
        }
        let _turn = self.db.turn().await;
        checks::end(&self.db, day, &finding, now).await?;
        Ok(())
    }
}
