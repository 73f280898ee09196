//! Somebody pressed something on an interactive card. By HTTP it is plain JSON with a signature in the headers; in Stream mode the
//! same JSON in a frame. The answer, within two seconds, is what the card shows from now on. Page:
//! [事件回调](https://open.dingtalk.com/document/development/event-callback-card).

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use dingtalk::CorpId;
use ring::hmac;
use serde_json::{Map, Value};
use serde_json_borrow::Value as Borrowed;
use subtle::ConstantTimeEq;

use crate::{fields::Fields, robot, sealed::shows};

/// The header with the signature.
pub const SIGNATURE_HEADER: &str = "x-ddpaas-signature";
/// The header with the time, in milliseconds, that is signed.
pub const TIMESTAMP_HEADER: &str = "x-ddpaas-signature-timestamp";

/// Why a press is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not from the platform, or too old.
    #[error("the signature is wrong or too old")]
    Signature,
    /// Not a press on a card.
    #[error("the body is no card callback")]
    Body,
}

/// The signature header for a timestamp header. `api_secret` is the one with which the callback's address was registered.
pub fn sign(api_secret: &str, timestamp: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, api_secret.as_bytes());
    STANDARD.encode(hmac::sign(&key, timestamp.as_bytes()))
}

/// Checks the two headers. The signature covers neither the body nor a nonce, so the endpoint must be reached through TLS, and the
/// time must be within an hour: the page names no window, this is the robot's.
pub fn verify(api_secret: &str, timestamp: &str, signature: &str, now: DateTime<Utc>) -> Result<(), Refused> {
    let right: bool = sign(api_secret, timestamp).as_bytes().ct_eq(signature.as_bytes()).into();
    if right && robot::fresh(timestamp, now) { Ok(()) } else { Err(Refused::Signature) }
}

/// A press on a card, the same by HTTP and in a frame. It comes once, and what is answered within two seconds
/// ([`CallbackAnswer`](dingtalk::card::CallbackAnswer)) is what the card shows from then on.
#[derive(Clone, PartialEq)]
pub struct CardPress {
    /// Which card: the id that the app chose when it made it.
    pub out_track_id: String,
    /// `actionCallback`.
    pub kind: String,
    /// In which organisation.
    pub corp: Option<CorpId>,
    /// Who pressed: a user id or a union id, as the card's `userIdType` says.
    pub user: Option<String>,
    /// Which buttons.
    pub actions: Vec<String>,
    /// What was configured on the button, and what was typed or chosen on the card.
    pub params: Map<String, Value>,
    /// `IM_ROBOT`, `IM_GROUP`, …, where the platform says.
    pub space_type: Option<String>,
    /// In which conversation, where the platform says.
    pub space_id: Option<String>,
}

shows!(CardPress: out_track_id, kind, user, actions);

impl CardPress {
    /// Reads a body. Only the card's id must be there; `content` is JSON as a text, or the object itself.
    pub fn parse(body: &[u8]) -> Result<Self, Refused> {
        let body: Borrowed<'_> = serde_json::from_slice(body).or(Err(Refused::Body))?;
        let fields = Fields::of(&body).ok_or(Refused::Body)?;
        let written = fields.text("content").or_else(|| fields.text("value"));
        let written: Option<Borrowed<'_>> =
            written.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let content = written.as_ref().or_else(|| fields.get("content")).and_then(Fields::of);
        let private = content.and_then(|content| content.inner("cardprivatedata"));
        let params = private.and_then(|private| private.get("params")?.as_object().map(Map::from));
        Ok(Self {
            out_track_id: fields.text("outtrackid").ok_or(Refused::Body)?,
            kind: fields.text("type").unwrap_or_default(),
            corp: fields.parsed("corpid"),
            user: fields.text("userid"),
            actions: private.map(|private| private.texts("actionids")).unwrap_or_default(),
            params: params.unwrap_or_default(),
            space_type: fields.text("spacetype"),
            space_id: fields.text("spaceid"),
        })
    }

    /// A parameter as a text; a number is its digits.
    pub fn param(&self, name: &str) -> Option<String> {
        match self.params.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}
