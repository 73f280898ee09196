//! The event, and the two ways in which it travels.

use chrono::{DateTime, Utc};
use dingtalk::CorpId;
use ring::digest::{SHA256, digest};
use serde_json_borrow::Value;

use super::What;
use crate::{fields::Fields, frame::Frame, sealed::shows};

/// The message is no event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an event")]
pub struct NotAnEvent;

/// An event, read as far as this crate knows its kind ([`What`]) and kept whole besides. The same event may come more than once and before
/// an earlier one: [`key`](Self::key) tells it again.
#[derive(Clone, PartialEq)]
pub struct Event {
    /// What it says.
    pub what: What,
    /// `EventType`, as it was spelled; empty for a notice without one that the quota is used up.
    pub kind: String,
    /// When it happened, where it says so.
    pub at: Option<DateTime<Utc>>,
    /// In which organisation, where it says so.
    pub corp: Option<CorpId>,
    /// The platform's id of this event, where it has one. The failed list has none.
    pub id: Option<String>,
    /// The same for the same event, however often and through whatever door it comes.
    pub key: String,
    /// The message, in JSON. It may hold names and telephone numbers.
    pub raw: String,
}

// The message itself stays out of logs.
shows!(Event: what, kind, at, key);

impl Event {
    /// Reads the message of an HTTP push.
    pub fn parse(message: &[u8]) -> Result<Self, NotAnEvent> {
        Self::read(message.to_vec())
    }

    /// The same of a message that is nobody else's: it is kept where it lies.
    pub(crate) fn read(message: Vec<u8>) -> Result<Self, NotAnEvent> {
        let raw = String::from_utf8(message).or(Err(NotAnEvent))?;
        let event = Self::pushed(&raw)?;
        Ok(Self { raw, ..event })
    }

    fn pushed(raw: &str) -> Result<Self, NotAnEvent> {
        let value: Value<'_> = serde_json::from_str(raw).or(Err(NotAnEvent))?;
        let fields = Fields::of(&value).ok_or(NotAnEvent)?;
        let kind = match fields.text("eventtype") {
            Some(kind) => kind,
            None if crate::fields::quota_used_up(fields) => String::new(),
            None => return Err(NotAnEvent),
        };
        Ok(Self::build(kind, fields, raw))
    }

    /// Reads a frame of Stream mode: the envelope is in the headers, the data holds the event's own fields.
    pub fn from_stream(frame: &Frame) -> Result<Self, NotAnEvent> {
        let header = |name: &str| frame.headers.get(name);
        let kind = header("eventtype").ok_or(NotAnEvent)?.to_owned();
        // An event without fields may come without data, too.
        let raw = match frame.data.trim() {
            "" => "{}",
            data => data,
        };
        let value: Value<'_> = serde_json::from_str(raw).or(Err(NotAnEvent))?;
        let born = header("eventborntime").and_then(|text| text.parse().ok());
        let event = Self::build(kind, Fields::of(&value).ok_or(NotAnEvent)?, raw);
        let id = header("eventid").map(str::to_owned).or(event.id);
        Ok(Self {
            at: born.and_then(DateTime::from_timestamp_millis).or(event.at),
            corp: header("eventcorpid").and_then(|text| text.parse().ok()).or(event.corp),
            key: event.what.key().or_else(|| id.clone()).unwrap_or(event.key),
            id,
            raw: raw.to_owned(),
            ..event
        })
    }

    /// The message, to look things up in.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.raw).unwrap_or_default()
    }

    /// Everything but the message itself, which its reader has.
    pub(super) fn build(kind: String, fields: Fields<'_>, raw: &str) -> Self {
        let what = What::read(&kind, fields);
        let at = fields.time("eventtime").or_else(|| fields.time("timestamp"));
        let (corp, id) = (fields.parsed("corpid"), fields.text("eventid"));
        let key = what.key().or_else(|| id.clone()).unwrap_or_else(|| content_key(&kind, raw));
        Self { what, kind, at, corp, id, key, raw: String::new() }
    }
}

/// For events without an id: the type and the content, with the keys of objects in order, so that the same content gives the same key.
fn content_key(kind: &str, raw: &str) -> String {
    let sorted: serde_json::Value = serde_json::from_str(raw).unwrap_or_default();
    let content = format!("{kind}\n{sorted}");
    format!("sha256:{}", hex::encode(digest(&SHA256, content.as_bytes())))
}
