//! The dispatcher: takes letters from the outbox, asks once more whether they are wanted, makes the words, sends, and writes down
//! what became of it. The only sender of the product.

mod approvals;
mod personal;
mod reminders;
mod words_of;

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk::{Advice, Client};
use domain::{Context, letters};
use mailbox::{Stop, outbox};
use sea_orm::DatabaseConnection;

use crate::{bot, settings::Settings};

/// How long a claimed letter is ours. Longer than a batch of calls can take.
const LEASE: Duration = Duration::from_mins(2);
/// How many letters one round takes.
const ROUND: u32 = 100;

/// All that sending needs.
#[derive(Clone, Debug)]
pub struct Dispatcher {
    /// Rows.
    pub db: DatabaseConnection,
    /// Keys.
    pub cx: Context,
    /// The platform.
    pub client: Client,
    /// This installation.
    pub settings: Settings,
    /// Who claims: one name for each process.
    pub owner: String,
    /// Told when the server stops.
    pub stop: Stop,
}

/// A letter with what it says.
#[derive(Clone, Debug)]
struct Opened {
    letter: outbox::Letter,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Letter(letters::Letter),
    Reply(bot::Reply),
}

impl Dispatcher {
    /// One round: claims what is due and sends it. Says how many letters it took; zero means that nothing was due.
    pub async fn run_once(&self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        let claimed = outbox::claim(&self.db, &self.owner, ROUND, LEASE, now).await?;
        let taken = claimed.len();
        if taken > 0 {
            mailbox::point("outbox.claimed").await?;
        }
        // Reminders with the same content go together; everything else one by one, in the order of claiming.
        let mut groups: BTreeMap<String, Vec<(outbox::Letter, domain::notice::letters::Letter)>> =
            BTreeMap::new();
        for letter in claimed {
            if self.stop.is_told() {
                outbox::give_back(&self.db, &letter, now).await?;
                continue;
            }
            match open(&letter) {
                Ok(What::Letter(letters::Letter::Notice(notice))) => {
                    groups.entry(reminders::content(&notice)).or_default().push((letter, notice));
                }
                Ok(what) => self.personally(Opened { letter, what }, now).await?,
                Err(error) => {
                    tracing::error!(letter.kind = %letter.kind, %error, "letter cannot be read");
                    outbox::dead(&self.db, &letter, "unreadable", now).await?;
                }
            }
        }
        for group in groups.into_values() {
            self.remind(group, now).await?;
        }
        Ok(taken)
    }

    /// Settles a letter whose call failed. Returns false when the outcome is unknown and the caller must decide.
    async fn failed(
        &self,
        letter: &outbox::Letter,
        error: &dingtalk::Error,
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let code = error.code();
        match error.advice() {
            Advice::Retry(after) => {
                // The platform's own waiting time, where it is longer than ours.
                let at_least = now + TimeDelta::from_std(after).unwrap_or(TimeDelta::MAX);
                match mailbox::backoff::delay(letter.attempts) {
                    Some(delay) => {
                        let run_at = at_least.max(now + TimeDelta::from_std(delay).unwrap_or(TimeDelta::MAX));
                        outbox::retry(&self.db, letter, &code, run_at).await?;
                    }
                    None => outbox::dead(&self.db, letter, &code, now).await?,
                }
            }
            // One's own result twice is better than never: the letter goes again after a while, and the ledger of letters says why.
            Advice::FindOut => {
                outbox::fail(&self.db, letter, &code, now).await?;
            }
            Advice::GiveUp => outbox::dead(&self.db, letter, &code, now).await?,
        }
        tracing::warn!(letter.kind = %letter.kind, %code, "letter not sent");
        Ok(())
    }
}

fn open(letter: &outbox::Letter) -> Result<What, serde_json::Error> {
    if letter.kind == bot::KIND {
        serde_json::from_value(letter.payload.clone()).map(What::Reply)
    } else {
        serde_json::from_value(letter.payload.clone()).map(What::Letter)
    }
}
