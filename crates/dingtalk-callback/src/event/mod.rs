//! One event, however it came. Field names are matched without regard to case, because the platform's pages spell them both ways;
//! single values and lists, numbers and digit texts are the same.

mod approval;
mod directory;
mod fields;

pub use approval::{Decision, InstanceChange, InstanceMove, TaskChange};
pub use directory::{DirectoryChange, DirectoryMove};

use chrono::{DateTime, Utc};
use ring::digest::{SHA256, digest};
use serde_json::Value;

use self::fields::Fields;

/// The message is no event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an event")]
pub struct NotAnEvent;

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What it says.
    pub what: What,
    /// `EventType`, as it was spelled.
    pub kind: String,
    /// When it happened, where it says so.
    pub at: Option<DateTime<Utc>>,
    /// The same for the same event, however often and through whatever door it comes.
    pub key: String,
    /// The message, for a table that keeps it and for [`What::Other`].
    pub raw: Value,
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
        let fields = Fields::of(&raw).ok_or(NotAnEvent)?;
        let kind = fields.text("eventtype").ok_or(NotAnEvent)?;
        Ok(Self::build(kind, &fields, raw.clone()))
    }

    /// Reads an item of the failed-callback list: the tag is the type, the data stands under a key that depends on it.
    pub fn from_failed_record(record: &Value) -> Result<Self, NotAnEvent> {
        let outer = Fields::of(record).ok_or(NotAnEvent)?;
        let kind = outer.text("call_back_tag").ok_or(NotAnEvent)?;
        let own = record.get(&kind).cloned().unwrap_or_else(|| record.clone());
        // Approvals and roles are wrapped once more.
        let data = ["bpmsCallBackData", "roleLabelChange", "callbackData"]
            .iter()
            .find_map(|name| own.get(name))
            .filter(|inner| inner.is_object())
            .cloned()
            .unwrap_or(own);
        let mut raw = data;
        if let Some(object) = raw.as_object_mut() {
            object.entry("EventType").or_insert_with(|| Value::from(kind.clone()));
            if let Some(at) = record.get("event_time") {
                object.entry("EventTime").or_insert_with(|| at.clone());
            }
        }
        let fields = Fields::of(&raw).ok_or(NotAnEvent)?;
        Ok(Self::build(kind, &fields, raw.clone()))
    }

    fn build(kind: String, fields: &Fields<'_>, raw: Value) -> Self {
        let what = match kind.as_str() {
            "check_url" | "check_create_suite_url" | "check_update_suite_url" => What::CheckUrl,
            "bpms_instance_change" => InstanceChange::read(fields).map_or(What::Other, What::Instance),
            "bpms_task_change" => TaskChange::read(fields).map_or(What::Other, What::Task),
            other => DirectoryChange::read(other, fields).map_or(What::Other, What::Directory),
        };
        let at = fields.time("eventtime").or_else(|| fields.time("timestamp"));
        let key = what.key().or_else(|| fields.text("eventid")).unwrap_or_else(|| content_key(&kind, &raw));
        Self { what, kind, at, key, raw }
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
