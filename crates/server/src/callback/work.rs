//! Works the inbox off: translates what came in to a command of the domain. The effect and "done" commit together, so each effect
//! happens exactly once, however often the server dies in between.

use std::{panic::AssertUnwindSafe, time::Duration};

use chrono::{DateTime, Utc};
use dingtalk::{Client, ProcessCode, UserId};
use domain::{
    Context,
    account::news::{self, News, Profile},
    ids::AccountId,
    notice::{rungs, settle},
};
use futures_util::{FutureExt, StreamExt, stream};
use mailbox::{
    Stop,
    inbox::{self, Item},
    point,
    transaction::{self, Transaction},
};
use notify::bot::{self, Said};
use serde::Deserialize;

use super::Incoming;
use crate::app::Db;

/// How long a claimed item is ours once we have died: while we live the lease is renewed.
const LEASE: Duration = Duration::from_secs(30);
/// How many items one round takes.
const ROUND: u32 = 50;
/// How many subjects are worked on side by side: nearly all of the time goes into waiting for the platform's answer.
const ABREAST: usize = 8;

/// The platform says that there is no such person (any more).
const NO_SUCH_USER: &str = "60121";

/// What working needs.
#[derive(Clone)]
pub struct Inbox {
    /// Rows.
    pub db: Db,
    /// Keys.
    pub cx: Context,
    /// The platform, to read again what a push only hints at.
    pub client: Client,
    /// The form whose instances are ours.
    pub form: ProcessCode,
    /// Are approvers told of their tasks by cards?
    pub cards: bool,
    /// Who claims: one name for each process.
    pub owner: String,
    /// Told when the server stops.
    pub stop: Stop,
}

/// Why an item is not done.
#[derive(Debug)]
pub(super) enum NotDone {
    /// Try again: something is not there yet.
    Later(&'static str),
    /// Try again: something failed.
    Failed(anyhow::Error),
    /// Try again: a defect of ours, which may depend on what else was going on.
    Panicked,
    /// Nothing will make it work.
    Never(&'static str),
}

impl<E: Into<anyhow::Error>> From<E> for NotDone {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Inbox {
    /// One round. Says how many items it took; zero means that nothing was due.
    pub async fn round(self, now: DateTime<Utc>) -> anyhow::Result<usize> {
        let items = inbox::claim(&self.db, &self.owner, ROUND, LEASE, now).await?;
        if items.is_empty() {
            return Ok(0);
        }
        point("inbox.claimed").await?;
        let (taken, hold) = (items.len(), inbox::hold(&items));
        hold.during(&self.db, (LEASE, now), Box::pin(self.work_off(items, now))).await?;
        Ok(taken)
    }

    async fn work_off(&self, items: Vec<Item>, now: DateTime<Utc>) -> anyhow::Result<()> {
        let subjects = stream::iter(by_subject(items));
        let worked: Vec<anyhow::Result<()>> =
            subjects.map(|items| self.in_order(items, now)).buffer_unordered(ABREAST).collect().await;
        worked.into_iter().collect()
    }

    async fn in_order(&self, items: Items, now: DateTime<Utc>) -> anyhow::Result<()> {
        for (item, incoming) in items {
            if self.stop.is_told() {
                inbox::give_back(&self.db, &item, now).await?;
                continue;
            }
            // One that panics is a failure of this one; the others have their turn.
            let handled = AssertUnwindSafe(self.handle(&item, incoming, now)).catch_unwind().await;
            let settled = match handled.unwrap_or(Err(NotDone::Panicked)) {
                Ok(()) => continue,
                Err(NotDone::Later(why)) => inbox::fail(&self.db, &item, why, now).await.map(|_| ()),
                Err(NotDone::Failed(error)) => {
                    tracing::warn!(item.kind = %item.kind, error = format!("{error:#}"), "inbox item failed");
                    inbox::fail(&self.db, &item, "failed", now).await.map(|_| ())
                }
                Err(NotDone::Panicked) => {
                    tracing::error!(item.kind = %item.kind, "inbox item panicked");
                    inbox::fail(&self.db, &item, "panicked", now).await.map(|_| ())
                }
                Err(NotDone::Never(why)) => {
                    tracing::error!(item.kind = %item.kind, why, "inbox item given up");
                    inbox::dead(&self.db, &item, why, now).await
                }
            };
            match settled {
                // Another server has it by now, and says what became of it.
                Ok(()) | Err(mailbox::Error::LeaseLost(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    async fn handle(
        &self,
        item: &Item,
        incoming: Option<Incoming>,
        now: DateTime<Utc>,
    ) -> Result<(), NotDone> {
        match incoming.ok_or(NotDone::Never("unreadable"))? {
            Incoming::Ended { instance } => self.ended(item, &instance, now).await,
            Incoming::Moved { instance, form } => self.moved(item, (&instance, form.as_ref()), now).await,
            Incoming::Joined { users, at } => self.joined(item, &users, at, now).await,
            Incoming::Left { users, at } => self.left(item, &users, at, now).await,
            Incoming::Seen { key, account, read } => self.seen(item, (&key, &account), read, now).await,
            Incoming::Said { account, command, message, session } => {
                let said = Said {
                    account: &account,
                    command: command.map(Into::into),
                    message: &message,
                    session: session.as_ref().map(|(webhook, until)| (webhook.as_str(), *until)),
                };
                let tx = self.write().await?;
                bot::handle_in(&tx, &self.cx, &said, now).await?;
                finish(tx, item, now).await
            }
        }
    }

    /// Whatever had to be asked has been asked: the effect may begin.
    pub(super) async fn write(&self) -> Result<Transaction, NotDone> {
        point("inbox.asked").await?;
        Ok(transaction::write_patiently(&self.db).await?)
    }

    /// What the ledger does not know under this key was no letter that it keeps.
    async fn seen(
        &self,
        item: &Item,
        (key, account): (&str, &AccountId),
        read: bool,
        now: DateTime<Utc>,
    ) -> Result<(), NotDone> {
        let tx = self.write().await?;
        if let Some(notice) = rungs::sent_as(&tx, key, account).await? {
            if read {
                settle::read(&tx, &[notice.id], now).await?;
            } else {
                settle::filtered(&tx, &[notice.id], now).await?;
            }
        }
        finish(tx, item, now).await
    }

    /// Everybody is read again before the transaction: the push is only a hint.
    async fn joined(
        &self,
        item: &Item,
        users: &[UserId],
        at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), NotDone> {
        let mut read = Vec::with_capacity(users.len());
        for user in users {
            match self.client.contact().user(user).await {
                Ok(found) => read.push((user, found)),
                // Left again already; that news is on its way.
                Err(dingtalk::Error::Refused { code, .. }) if code == NO_SUCH_USER => {}
                Err(error) => return Err(NotDone::Failed(error.into())),
            }
        }
        let tx = self.write().await?;
        for (user, found) in read {
            let Some(news) = piece("joined", user, at) else { continue };
            let profile = Profile { name: found.name, unionid: found.unionid.map(Into::into) };
            news::joined_in(&tx, &self.cx, &news, &profile, now).await?;
        }
        finish(tx, item, now).await
    }

    async fn left(
        &self,
        item: &Item,
        users: &[UserId],
        at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), NotDone> {
        let tx = self.write().await?;
        for user in users {
            let Some(news) = piece("left", user, at) else { continue };
            news::left_in(&tx, &self.cx, &news, now).await?;
        }
        finish(tx, item, now).await
    }
}

type Items = Vec<(Item, Option<Incoming>)>;

/// What is about the same thing, in the order in which it came; the things in the order of what came first of them.
fn by_subject(items: Vec<Item>) -> Vec<Items> {
    let mut all: Vec<(Option<String>, Items)> = Vec::new();
    for item in items {
        let incoming = Incoming::deserialize(&item.payload).ok();
        let subject = incoming.as_ref().map(|incoming| incoming.subject().to_owned());
        match all.iter_mut().find(|(of, _)| *of == subject) {
            Some((_, items)) => items.push((item, incoming)),
            None => all.push((subject, vec![(item, incoming)])),
        }
    }
    all.into_iter().map(|(_, items)| items).collect()
}

/// The effect and "done" are kept together, or neither.
pub(super) async fn finish(tx: Transaction, item: &Item, now: DateTime<Utc>) -> Result<(), NotDone> {
    point("inbox.effect").await?;
    inbox::done_in(&tx, item, now).await?;
    point("inbox.noted").await?;
    tx.commit().await?;
    point("inbox.committed").await?;
    Ok(())
}

/// The news about one login of an event that may name several. Its key is what it says and not how it came: an event that was stored but
/// whose answer was lost stands in the failed list as well, without the id under which it was pushed.
fn piece(what: &str, user: &UserId, at: DateTime<Utc>) -> Option<News> {
    let account = AccountId::parse(user.as_str())?;
    Some(News { key: format!("{what}/{account}/{}", at.timestamp_millis()), account, happened_at: at })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use mailbox::{Lane, State, inbox::Item};
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::by_subject;

    fn item(number: u128, payload: Value) -> Item {
        Item {
            id: Uuid::from_u128(number),
            key: number.to_string(),
            lane: Lane::Result,
            source: "push".to_owned(),
            kind: "any".to_owned(),
            payload,
            received_at: DateTime::UNIX_EPOCH,
            state: State::Leased,
            attempts: 1,
            run_at: DateTime::UNIX_EPOCH,
            lease_owner: None,
            last_error: None,
            finished_at: None,
        }
    }

    #[test]
    fn what_is_about_one_thing_stays_in_its_order() {
        let said = |account: &str| json!({ "what": "said", "account": account, "message": "m" });
        let items = [
            said("wang"),
            json!({ "what": "moved", "instance": "one" }),
            json!({ "what": "joined", "users": ["li"], "at": "2026-11-02T01:00:00Z" }),
            said("li"),
            json!({ "what": "nothing that we know" }),
            json!({ "what": "ended", "instance": "one" }),
            json!({ "what": "left", "users": ["zhao"], "at": "2026-11-02T01:00:00Z" }),
            said("wang"),
            json!([]),
        ];
        let items = (0..).zip(items).map(|(number, payload)| item(number, payload)).collect();
        let order: Vec<Vec<u128>> = by_subject(items)
            .iter()
            .map(|of| of.iter().map(|(item, _)| item.id.as_u128()).collect())
            .collect();
        assert_eq!(order, [vec![0, 7], vec![1, 5], vec![2, 6], vec![3], vec![4, 8]]);
    }
}
