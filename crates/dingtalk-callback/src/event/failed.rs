//! Items of the failed-callback list.

use serde_json::Value;

use super::{Event, NotAnEvent};
use crate::fields::Fields;

impl Event {
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
}
