//! A message to the robot. By HTTP it is plain JSON with a signature in the headers; in Stream mode the same JSON in a frame. Pages:
//! [接收消息](https://open.dingtalk.com/document/development/receive-message),
//! [消息发送与接收类型](https://open.dingtalk.com/document/development/robot-message-type).

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Duration, Utc};
use dingtalk::{CorpId, UserId};
use ring::hmac;
use serde_json::Value;
use subtle::ConstantTimeEq;

use crate::fields::Fields;

/// How far the header's timestamp may be from now (documented).
pub const WINDOW: Duration = Duration::hours(1);

/// The code of a message that came without its content, because the month's quota is used up.
const QUOTA_USED_UP: &str = "20001";

/// Why a message is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not from the platform, or too old.
    #[error("the signature is wrong or too old")]
    Signature,
    /// Not a robot message.
    #[error("the body is no robot message")]
    Body,
}

/// The `sign` header for a `timestamp` header.
pub fn sign(secret: &str, timestamp: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    STANDARD.encode(hmac::sign(&key, format!("{timestamp}\n{secret}").as_bytes()))
}

/// Checks the headers `timestamp` (milliseconds) and `sign`. The signature does not cover the body, so the endpoint must be reached
/// through TLS.
pub fn verify(secret: &str, timestamp: &str, signature: &str, now: DateTime<Utc>) -> Result<(), Refused> {
    let digits = timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let at = timestamp.parse().ok().and_then(DateTime::from_timestamp_millis).filter(|_| digits);
    let fresh = at.is_some_and(|at| (now - at).abs() <= WINDOW);
    let right: bool = sign(secret, timestamp).as_bytes().ct_eq(signature.as_bytes()).into();
    if right && fresh { Ok(()) } else { Err(Refused::Signature) }
}

/// Where somebody spoke to the robot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversation {
    /// `1`: alone with the robot.
    Single,
    /// `2`: in a group, with a mention.
    Group,
}

/// What somebody said to the robot. Fields that nobody needs yet are left out.
#[derive(Clone, PartialEq, Eq)]
pub struct RobotMessage {
    /// The platform's id of the message; the same when it comes again.
    pub msg_id: String,
    /// `text`, `richText`, `audio`, `picture`, `video`, `file`.
    pub kind: String,
    /// Alone or in a group; absent when the platform invents a third.
    pub conversation: Option<Conversation>,
    /// Which conversation.
    pub conversation_id: Option<String>,
    /// Who spoke; absent for outsiders, and as long as the robot is not published.
    pub sender_staff_id: Option<UserId>,
    /// The speaker's organisation, where the platform names it.
    pub sender_corp_id: Option<CorpId>,
    /// When.
    pub created_at: Option<DateTime<Utc>>,
    /// Where an answer may be sent, see [`Self::answer_until`]. It is a secret of the conversation: whoever has it can speak there.
    pub session_webhook: String,
    /// The month's quota is used up: the message came without its content.
    pub quota_used_up: bool,
    words: String,
    session_webhook_expires: Option<DateTime<Utc>>,
}

/// What was said and where to answer stay out of logs.
impl std::fmt::Debug for RobotMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RobotMessage")
            .field("msg_id", &self.msg_id)
            .field("kind", &self.kind)
            .field("sender_staff_id", &self.sender_staff_id)
            .finish_non_exhaustive()
    }
}

impl RobotMessage {
    /// Reads a body. Only the id of the message must be there; everything else may be missing or oddly spelled.
    pub fn parse(body: &[u8]) -> Result<Self, Refused> {
        let body: Value = serde_json::from_slice(body).or(Err(Refused::Body))?;
        let fields = Fields::of(&body).ok_or(Refused::Body)?;
        let error = fields.text("errorcode").or_else(|| fields.text("errcode"));
        Ok(Self {
            msg_id: fields.text("msgid").ok_or(Refused::Body)?,
            kind: fields.text("msgtype").unwrap_or_default(),
            conversation: match fields.text("conversationtype").as_deref() {
                Some("1") => Some(Conversation::Single),
                Some("2") => Some(Conversation::Group),
                _ => None,
            },
            conversation_id: fields.text("conversationid"),
            sender_staff_id: fields.parsed("senderstaffid"),
            sender_corp_id: fields.parsed("sendercorpid"),
            created_at: fields.time("createat"),
            session_webhook: fields.text("sessionwebhook").unwrap_or_default(),
            quota_used_up: error.as_deref() == Some(QUOTA_USED_UP),
            words: words(fields).unwrap_or_default().trim().to_owned(),
            session_webhook_expires: fields.time("sessionwebhookexpiredtime"),
        })
    }

    /// The words, typed or spoken, trimmed; empty when there are none.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Until when the session webhook takes an answer; `None` when there is none.
    pub fn answer_until(&self) -> Option<DateTime<Utc>> {
        self.session_webhook_expires.filter(|_| !self.session_webhook.is_empty())
    }
}

/// Typed words, what was recognised of spoken ones, or the words between the pictures.
fn words(fields: Fields<'_>) -> Option<String> {
    let typed = fields.inner("text").and_then(|text| text.text("content"));
    let content = fields.inner("content");
    let spoken = || content?.text("recognition");
    let between = || {
        let parts = content?.get("richtext")?.as_array()?;
        Some(parts.iter().filter_map(|part| Fields::of(part)?.text("text")).collect())
    };
    typed.or_else(spoken).or_else(between)
}
