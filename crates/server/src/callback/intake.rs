//! What becomes of what comes in, by whichever way: counted, reduced to ids, kept. Only then may the platform be told that it was taken.

use chrono::{DateTime, Utc};
use dingtalk_callback::{Event, Receiver, robot::RobotMessage};
use mailbox::{AcceptError, Acceptor, inbox::NewItem, point};
use secrecy::SecretString;

use super::{Incoming, Meter};
use crate::clock::Clock;

/// What taking needs.
#[derive(Clone)]
pub struct Intake {
    /// Opens pushes; `None` where none come because the key for them is not configured.
    pub receiver: Option<Receiver>,
    /// The app's secret signs robot messages.
    pub client_secret: SecretString,
    /// Signs presses on cards that are posted; empty where none are.
    pub card_secret: SecretString,
    /// Stores, many in one transaction.
    pub inbox: Acceptor,
    /// What time it is.
    pub clock: Clock,
    /// Counts what came.
    pub meter: Meter,
}

/// The ways in, as rows and figures name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Push,
    Stream,
}

/// It is not where a crash does not lose it.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotKept {
    #[error("it makes no inbox item")]
    Payload(#[from] serde_json::Error),
    #[error(transparent)]
    Inbox(#[from] AcceptError),
}

impl Way {
    const fn event(self) -> &'static str {
        match self {
            Self::Push => "dingtalk.push",
            Self::Stream => "dingtalk.stream",
        }
    }

    pub(super) const fn card(self) -> &'static str {
        match self {
            Self::Push => "dingtalk.card",
            Self::Stream => "dingtalk.stream.card",
        }
    }

    const fn robot(self) -> &'static str {
        match self {
            Self::Push => "dingtalk.robot",
            Self::Stream => "dingtalk.stream.robot",
        }
    }
}

impl Intake {
    /// Keeps an event, unless it asks nothing of us.
    pub(super) async fn event(&self, event: &Event, way: Way, now: DateTime<Utc>) -> Result<(), NotKept> {
        self.meter.event(event, now).await;
        let Some(incoming) = Incoming::of_event(event, now) else { return Ok(()) };
        self.keep(&incoming, way.event(), format!("dingtalk/{}", event.key), now).await
    }

    /// Keeps what somebody said to the robot, unless it was an outsider.
    pub(super) async fn message(
        &self,
        message: &RobotMessage,
        way: Way,
        now: DateTime<Utc>,
    ) -> Result<(), NotKept> {
        self.meter.message(message.quota_used_up, now).await;
        let Some(incoming) = Incoming::of_message(message) else { return Ok(()) };
        self.keep(&incoming, way.robot(), format!("robot/{}", message.msg_id), now).await
    }

    pub(super) async fn keep(
        &self,
        incoming: &Incoming,
        source: &str,
        key: String,
        now: DateTime<Utc>,
    ) -> Result<(), NotKept> {
        let kept = match incoming.item(source, key) {
            Ok(item) => self.store(item, now).await.map_err(NotKept::from),
            Err(error) => Err(error.into()),
        };
        kept.inspect_err(|error| {
            tracing::error!(error = error as &dyn std::error::Error, "what came in was not kept");
        })
    }

    async fn store(&self, item: NewItem, now: DateTime<Utc>) -> Result<(), AcceptError> {
        point("callback.received").await?;
        self.inbox.accept(item, now).await?;
        point("callback.stored").await?;
        Ok(())
    }
}
