//! A message to the robot. By HTTP it is plain JSON with a signature in the headers; in Stream mode the same JSON in a frame.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Duration, Utc};
use dingtalk::UserId;
use ring::hmac;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// How far the header's timestamp may be from now (documented).
pub const WINDOW: Duration = Duration::hours(1);

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

/// Checks the headers. The signature does not cover the body, so the endpoint must be reached through TLS.
pub fn verify(secret: &str, timestamp: &str, signature: &str, now: DateTime<Utc>) -> Result<(), Refused> {
    let at = timestamp.parse().ok().and_then(DateTime::from_timestamp_millis).ok_or(Refused::Signature)?;
    let right: bool = sign(secret, timestamp).as_bytes().ct_eq(signature.as_bytes()).into();
    if right && (now - at).abs() <= WINDOW { Ok(()) } else { Err(Refused::Signature) }
}

/// What somebody said to the robot. Fields that nobody needs yet are left out.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RobotMessage {
    /// The platform's id of the message; the same when it comes again.
    pub msg_id: String,
    /// `text`, `richText`, `audio`, …
    #[serde(default)]
    pub msgtype: String,
    /// The words, when they are text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// What was recognised of a voice message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Content>,
    /// `1` alone with the robot, `2` in a group.
    #[serde(default)]
    pub conversation_type: String,
    /// Who spoke; absent for outsiders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_staff_id: Option<UserId>,
    /// Where an answer may be sent.
    #[serde(default)]
    pub session_webhook: String,
    /// Until when, milliseconds.
    #[serde(default)]
    pub session_webhook_expired_time: i64,
    /// 20001: the month's quota is used up and the message has no content.
    #[serde(default, alias = "errCode", skip_serializing_if = "Option::is_none")]
    pub error_code: Option<serde_json::Value>,
}

/// Words.
#[derive(Clone, Serialize, Deserialize)]
pub struct Text {
    /// As typed, with a leading space after a mention.
    #[serde(default)]
    pub content: String,
}

/// Other content.
#[derive(Clone, Serialize, Deserialize)]
pub struct Content {
    /// What was recognised of a voice message.
    #[serde(default)]
    pub recognition: String,
}

impl std::fmt::Debug for RobotMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RobotMessage").field("msg_id", &self.msg_id).finish_non_exhaustive()
    }
}

impl RobotMessage {
    /// Reads a body.
    pub fn parse(body: &[u8]) -> Result<Self, Refused> {
        serde_json::from_slice(body).or(Err(Refused::Body))
    }

    /// The words, typed or spoken, trimmed; empty when there are none.
    pub fn words(&self) -> &str {
        let typed = self.text.as_ref().map(|text| text.content.trim()).filter(|words| !words.is_empty());
        typed.or_else(|| self.content.as_ref().map(|content| content.recognition.trim())).unwrap_or_default()
    }

    /// Until when the session webhook takes an answer.
    pub fn answer_until(&self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.session_webhook_expired_time)
            .filter(|_| !self.session_webhook.is_empty())
    }
}
