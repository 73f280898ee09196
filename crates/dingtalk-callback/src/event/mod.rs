//! One event, however it came. Field names are matched without regard to case, because the platform's pages spell them both ways;
//! single values and lists, numbers and digit texts are the same.

mod approval;
mod directory;

pub use approval::{Decision, InstanceChange, InstanceMove, TaskChange};
pub use directory::{DirectoryChange, DirectoryMove};

use chrono::{DateTime, Utc};
use ring::digest::{SHA256, digest};
use serde_json::Value;

use crate::fields::Fields;

/// The message is no event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an event")]
pub struct NotAnEvent;

/// An event.
#[derive(Clone, PartialEq)]
pub struct Event {
    /// What it says.
    pub what: What,
    /// `EventType`, as it was spelled.
    pub kind: String,
    /// When it happened, where it says so.
    pub at: Option<DateTime<Utc>>,
    /// The same for the same event, however often and through whatever door it comes.
    pub key: String,
    /// The message, for [`What::Other`]. It may hold names and telephone numbers.
    pub raw: Value,
}

/// The message itself stays out of logs.
impl std::fmt::Debug for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Event")
            .field("what", &self.what)
            .field("kind", &self.kind)
            .field("at", &self.at)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// What an event says.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// The console tries the address out.
    CheckUrl,
    /// An approval instance began or ended.
    Instance(InstanceChange),
    /// A task of an approval began or ended.
    Task(TaskChange),
    /// Somebody or some department came, went or changed.
    Directory(DirectoryChange),
    /// Anything else; acknowledged and kept.
    Other,
}

impl Event {
    /// Reads the message of an HTTP push.
    pub fn parse(message: &[u8]) -> Result<Self, NotAnEvent> {
        let raw: Value = serde_json::from_slice(message).or(Err(NotAnEvent))?;
        let kind = Fields::of(&raw).and_then(|fields| fields.text("eventtype")).ok_or(NotAnEvent)?;
        Self::build(kind, raw)
    }

    /// Reads an item of the failed-callback list: the tag is the type, the data stands under a key that depends on it.
    pub fn from_failed_record(record: &Value) -> Result<Self, NotAnEvent> {
        let outer = Fields::of(record).ok_or(NotAnEvent)?;
        let kind = outer.text("call_back_tag").ok_or(NotAnEvent)?;
        let own = outer.get(&kind).unwrap_or(record);
        // Approvals, roles and some others are wrapped once more.
        let wrapped = Fields::of(own).and_then(|own| {
            ["bpmscallbackdata", "rolelabelchange", "callbackdata"]
                .iter()
                .find_map(|name| own.get(name))
                .filter(|data| data.is_object())
        });
        let mut raw = wrapped.unwrap_or(own).clone();
        if let Some(object) = raw.as_object_mut() {
            object.entry("EventType").or_insert_with(|| Value::from(kind.clone()));
            if let Some(at) = outer.get("event_time") {
                object.entry("EventTime").or_insert_with(|| at.clone());
            }
        }
        Self::build(kind, raw)
    }

    fn build(kind: String, raw: Value) -> Result<Self, NotAnEvent> {
        let fields = Fields::of(&raw).ok_or(NotAnEvent)?;
        let what = match kind.as_str() {
            "check_url" | "check_create_suite_url" | "check_update_suite_url" => What::CheckUrl,
            "bpms_instance_change" => InstanceChange::read(fields).map_or(What::Other, What::Instance),
            "bpms_task_change" => TaskChange::read(fields).map_or(What::Other, What::Task),
            other => DirectoryChange::read(other, fields).map_or(What::Other, What::Directory),
        };
        let at = fields.time("eventtime").or_else(|| fields.time("timestamp"));
        let key = what.key().or_else(|| fields.text("eventid")).unwrap_or_else(|| content_key(&kind, &raw));
        Ok(Self { what, kind, at, key, raw })
    }
}

impl What {
    /// Facts that have a name of their own are known by it, so that an event that comes once by push and once from the failed list,
    /// where it has no event id, is still one event.
    fn key(&self) -> Option<String> {
        match self {
            Self::Instance(change) => Some(change.key()),
            Self::Task(change) => Some(change.key()),
            Self::CheckUrl | Self::Directory(_) | Self::Other => None,
        }
    }
}

/// For events without an id: the type and the content. Object keys are sorted by the reader, so the same content gives the same key.
fn content_key(kind: &str, raw: &Value) -> String {
    let content = format!("{kind}\n{raw}");
    format!("sha256:{}", hex::encode(digest(&SHA256, content.as_bytes())))
}

#[cfg(test)]
mod tests;
