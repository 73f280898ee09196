//! Work notices (工作通知), the old host's `asyncsend_v2`; there is no newer form. Counted in the monthly quota. Page:
//! [发送工作通知](https://open.dingtalk.com/document/development/asynchronous-sending-of-enterprise-session-messages).

use reqwest::Method;
use serde::{Deserialize, Serialize};

use crate::{
    Client,
    error::Error,
    ids::{AgentId, UserId},
    lenient,
    sealed::shows,
};

/// Work notice calls.
#[derive(Clone, Copy, Debug)]
pub struct WorkNotices<'a>(pub(crate) &'a Client);

/// The most recipients of one call.
pub const MOST_RECIPIENTS: usize = 100;

/// The most bytes of a message, as JSON.
pub const MOST_BYTES: usize = 2048;

/// `asyncsend_v2`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeRequest {
    /// The app.
    pub agent_id: AgentId,
    /// At most 100 ids, separated by commas.
    pub userid_list: String,
    /// The message.
    pub msg: NoticeMessage,
}

shows!(NoticeRequest: agent_id);

/// A message of a work notice. At most 2048 bytes as a whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "msgtype", rename_all = "snake_case")]
pub enum NoticeMessage {
    /// Words.
    Text {
        /// The text.
        text: NoticeText,
    },
    /// A card with one button.
    ActionCard {
        /// The card.
        action_card: NoticeCard,
    },
}

/// The text of a work notice.
#[derive(Clone, Serialize, Deserialize)]
pub struct NoticeText {
    /// Better below 500 characters.
    pub content: String,
}

shows!(NoticeText);

/// A card with one button.
#[derive(Clone, Serialize, Deserialize)]
pub struct NoticeCard {
    /// Shown in the list.
    pub title: String,
    /// The body.
    pub markdown: String,
    /// The button, at most 20 characters.
    pub single_title: String,
    /// Where it leads, at most 500 characters.
    pub single_url: String,
}

shows!(NoticeCard);

/// `asyncsend_v2`, answer. Says only that the notice is queued.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NoticeAnswer {
    /// For asking what became of it, within 24 hours.
    #[serde(deserialize_with = "lenient::number")]
    pub task_id: i64,
}

impl WorkNotices<'_> {
    /// Queues a notice of at most [`MOST_BYTES`] for at most [`MOST_RECIPIENTS`] people. The same content to the same person on the same day is dropped
    /// by the platform without a word, so a message carries a date or a number. Permission `qyapi_base`.
    pub async fn send(&self, to: &[UserId], msg: NoticeMessage) -> Result<NoticeAnswer, Error> {
        if to.is_empty() || to.len() > MOST_RECIPIENTS {
            return Err(Error::NotSent("a work notice goes to 1 to 100 people"));
        }
        if serde_json::to_vec(&msg).is_ok_and(|json| json.len() > MOST_BYTES) {
            return Err(Error::NotSent("a work notice has at most 2048 bytes"));
        }
        let userid_list = to.iter().map(UserId::as_str).collect::<Vec<_>>().join(",");
        let request = NoticeRequest { agent_id: self.0.config().agent_id, userid_list, msg };
        let path = "/topapi/message/corpconversation/asyncsend_v2";
        self.0.oapi_flat(Method::POST, path, Some(&request)).await
    }
}
