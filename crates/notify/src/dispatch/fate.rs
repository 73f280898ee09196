//! What becomes of a letter after a call: the ledger and the outbox are written in one transaction, so that they never disagree.

use chrono::{DateTime, TimeDelta, Utc};
use domain::notice::{self, Notice, Reason, settle};
use mailbox::{After, backoff, outbox};
use sea_orm::{DatabaseTransaction, DbErr};

use super::{Dispatcher, proof};

/// People whom the platform holds back are not tried again sooner.
const HELD_BACK: TimeDelta = TimeDelta::minutes(10);

/// A letter to a person, with its row in the ledger; a letter from before the ledger had one for each has none.
#[derive(Clone, Debug)]
pub(super) struct Mail {
    pub(super) letter: outbox::Letter,
    pub(super) notice: Option<Notice>,
}

/// What became of it.
#[derive(Clone, Debug)]
pub(super) enum Fate {
    /// The platform has it, under this key.
    Accepted(String),
    /// The platform holds the reader back.
    HeldBack,
    /// The platform does not know the reader.
    Invalid,
    /// Nobody knows.
    Unknown,
    /// Certainly not sent; it may be tried again.
    NotSent(String),
    /// Not sent, and no try was made: others need the quota.
    Untried,
    /// Not sent, for good.
    Refused(String),
    /// It is quiet, until then.
    Quiet(DateTime<Utc>),
    /// Not wanted any more.
    Unwanted(Reason),
    /// It was settled before.
    Settled,
}

impl Dispatcher {
    /// Writes down several fates, together.
    pub(super) async fn settle(&self, fates: Vec<(Mail, Fate)>, now: DateTime<Utc>) -> anyhow::Result<()> {
        if fates.is_empty() {
            return Ok(());
        }
        let tx = mailbox::transaction::write(&self.db).await?;
        for (mail, fate) in fates {
            metrics::counter!("letters", "kind" => mail.letter.kind.clone(), "fate" => name(&fate))
                .increment(1);
            match self.write(&tx, &mail, fate, now).await {
                Ok(()) => {}
                // Somebody else has it now, and settles it; the others must not suffer.
                Err(mailbox::Error::LeaseLost(id)) => tracing::warn!(letter.id = %id, "lease lost"),
                Err(mailbox::Error::Db(error)) => return Err(error.into()),
            }
        }
        mailbox::point("fate.written").await?;
        tx.commit().await?;
        Ok(mailbox::point("fate.kept").await?)
    }

    async fn write(
        &self,
        tx: &DatabaseTransaction,
        Mail { letter, notice }: &Mail,
        fate: Fate,
        now: DateTime<Utc>,
    ) -> Result<(), mailbox::Error> {
        let ids: Vec<_> = notice.iter().map(|notice| notice.id).collect();
        let again = notice.as_ref().is_none_or(|notice| notice.occasion.goes_again());
        match fate {
            Fate::Accepted(key) => {
                outbox::done_in(tx, letter, now).await?;
                settle::accepted(tx, &ids, &key, now).await?;
                self.plan_proof(tx, notice.as_ref(), now).await?;
            }
            Fate::HeldBack => {
                let wait = backoff::delay(letter.attempts).and_then(|wait| TimeDelta::from_std(wait).ok());
                if let Some(wait) = wait {
                    let until = now + wait.max(HELD_BACK);
                    outbox::retry(tx, letter, "flow controlled", until).await?;
                    settle::flow_controlled(tx, &ids, until, now).await?;
                } else {
                    outbox::dead(tx, letter, "flow controlled", now).await?;
                    given_up(tx, notice.as_ref(), now).await?;
                }
            }
            Fate::Invalid => {
                // The ledger shows it; one's own result is a dead letter besides.
                if again {
                    outbox::dead(tx, letter, "unknown login", now).await?;
                } else {
                    outbox::done_in(tx, letter, now).await?;
                }
                settle::invalid(tx, &ids, now).await?;
                climb_now(tx, notice.as_ref(), now).await?;
            }
            Fate::Unknown if again => {
                settle::unknown(tx, &ids, now).await?;
                if outbox::fail(tx, letter, "outcome unknown", now).await? == After::Dead {
                    climb_now(tx, notice.as_ref(), now).await?;
                }
            }
            Fate::Unknown => {
                outbox::dead(tx, letter, "outcome unknown", now).await?;
                settle::unknown(tx, &ids, now).await?;
            }
            Fate::NotSent(code) => match outbox::fail(tx, letter, &code, now).await? {
                After::Retry(at) => settle::put_back(tx, &ids, at, now).await?,
                After::Dead => given_up(tx, notice.as_ref(), now).await?,
            },
            Fate::Untried => {
                outbox::give_back(tx, letter, now).await?;
                settle::put_back(tx, &ids, now, now).await?;
            }
            Fate::Refused(code) => {
                outbox::dead(tx, letter, &code, now).await?;
                given_up(tx, notice.as_ref(), now).await?;
            }
            Fate::Quiet(until) => {
                outbox::give_back(tx, letter, until).await?;
                settle::put_back(tx, &ids, until, now).await?;
            }
            Fate::Unwanted(reason) => {
                outbox::done_in(tx, letter, now).await?;
                for id in ids {
                    settle::suppress(tx, id, reason, now).await?;
                }
                if matches!(reason, Reason::NoAccount | Reason::LeftTenant) {
                    climb_now(tx, notice.as_ref(), now).await?;
                }
            }
            Fate::Settled => outbox::done_in(tx, letter, now).await?,
        }
        Ok(())
    }

    /// What needs proof is asked for, and climbs when there is none.
    async fn plan_proof(
        &self,
        tx: &DatabaseTransaction,
        notice: Option<&Notice>,
        now: DateTime<Utc>,
    ) -> Result<(), DbErr> {
        let Some(notice) = notice.filter(|notice| notice.occasion.needs_proof()) else { return Ok(()) };
        let patience = notice::ladder::patience(notice.channel).map(|patience| now + patience);
        let plan = match notice.channel {
            notice::Channel::Robot => (proof::next(now, now), patience),
            // The way before has failed already, and this one proves nothing.
            _ => (None, patience),
        };
        settle::prove_later(tx, notice.id, plan, now).await
    }
}

/// Given up: the ledger says so, and what must be told takes the next way.
async fn given_up(
    tx: &DatabaseTransaction,
    notice: Option<&Notice>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if let Some(notice) = notice {
        settle::failed(tx, &[notice.id], now).await?;
    }
    climb_now(tx, notice, now).await
}

async fn climb_now(
    tx: &DatabaseTransaction,
    notice: Option<&Notice>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    match notice.filter(|notice| notice.occasion.needs_proof()) {
        Some(notice) => settle::prove_later(tx, notice.id, (None, Some(now)), now).await,
        None => Ok(()),
    }
}

const fn name(fate: &Fate) -> &'static str {
    match fate {
        Fate::Accepted(_) => "accepted",
        Fate::HeldBack => "flow_controlled",
        Fate::Invalid => "invalid",
        Fate::Unknown => "unknown",
        Fate::NotSent(_) => "retry",
        Fate::Untried => "untried",
        Fate::Refused(_) => "failed",
        Fate::Quiet(_) => "quiet",
        Fate::Unwanted(_) => "suppressed",
        Fate::Settled => "settled",
    }
}
