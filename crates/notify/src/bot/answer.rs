//! What the bot has decided to answer, as it waits in the outbox: ids only. The words are made when it is sent.

use chrono::{DateTime, Utc};
use domain::{
    ids::{AccountId, MeetingId},
    notice::Topic,
};
use serde::{Deserialize, Serialize};

/// The kind of the bot's letters in the outbox.
pub const KIND: &str = "bot.reply";

/// A letter of the bot.
#[derive(Clone, Serialize, Deserialize)]
pub struct Reply {
    /// To whom.
    pub account: AccountId,
    /// What.
    pub answer: Answer,
    /// Where the platform takes the answer without counting it, and until when.
    pub session: Option<(String, DateTime<Utc>)>,
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A session webhook lets anybody who reads it write into the chat.
        f.debug_struct("Reply")
            .field("account", &self.account)
            .field("answer", &self.answer)
            .finish_non_exhaustive()
    }
}

/// What the bot answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The menu.
    Help,
    /// Signed in just now.
    SignedIn {
        /// To what.
        meeting: MeetingId,
        /// When.
        at: DateTime<Utc>,
    },
    /// Signed in before.
    AlreadySignedIn {
        /// To what.
        meeting: MeetingId,
        /// When.
        at: DateTime<Utc>,
    },
    /// There is nothing to sign in to now.
    NothingToSignIn {
        /// What comes next.
        next: Option<MeetingId>,
    },
    /// How far the requests are; looked up when it is sent.
    Progress,
    /// The login belongs to nobody in the register.
    NotRegistered,
    /// Nothing of it is said any more, but for what must be said.
    Stopped {
        /// Of what.
        topic: Topic,
    },
    /// It is said again.
    Resumed {
        /// Of what.
        topic: Topic,
    },
}
