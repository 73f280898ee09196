//! What lives for days: letters and events that are done, sessions that have ended, drafts that nobody sent. Nobody decides about a single
//! one. A hold holds drafts too.

use chrono::{DateTime, TimeDelta, Utc};
use mailbox::turn::Writer as _;
use sea_orm::{DatabaseConnection, DbErr};

use crate::{aid, session};

/// What was done, and sessions that have ended, say for half a year what happened (网络安全法 第二十一条).
const DONE: TimeDelta = TimeDelta::days(180);

/// What was taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Events and words that came in.
    pub inbox: u64,
    /// Letters.
    pub outbox: u64,
    /// Sessions.
    pub sessions: u64,
    /// Drafts.
    pub drafts: u64,
}

impl Swept {
    /// All of it.
    pub const fn total(&self) -> u64 {
        self.inbox + self.outbox + self.sessions + self.drafts
    }
}

/// Takes away what is over.
pub async fn sweep(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<Swept, DbErr> {
    let before = now - DONE;
    let inbox = mailbox::inbox::prune(db, before).await?;
    let outbox = mailbox::outbox::prune(db, before).await?;
    let sessions = {
        let _turn = db.turn().await;
        session::store::purge(db, before).await?
    };
    let drafts = aid::store::draft::purge(db, now).await?;
    Ok(Swept { inbox, outbox, sessions, drafts })
}
