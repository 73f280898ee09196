//! Items of the failed-callback list.

use serde_json_borrow::Value;

use super::{Event, NotAnEvent};
use crate::fields::Fields;

impl Event {
    /// Reads an item of the failed-callback list: the tag is the type, the data stands under a key that depends on it.
    pub fn from_failed_record(record: &serde_json::Value) -> Result<Self, NotAnEvent> {
        let record = Value::from(record);
        let outer = Fields::of(&record).ok_or(NotAnEvent)?;
        let kind = outer.text("call_back_tag").ok_or(NotAnEvent)?;
        let own = outer.get(&kind).unwrap_or(&record);
        // Approvals, roles and some others are wrapped once more.
        let wrapped = Fields::of(own).and_then(|own| {
            ["bpmscallbackdata", "rolelabelchange", "callbackdata"]
                .iter()
                .find_map(|name| own.get(name))
                .filter(|data| data.is_object())
        });
        let mut raw = serde_json::Value::from(wrapped.unwrap_or(own));
        let object = raw.as_object_mut().ok_or(NotAnEvent)?;
        object.entry("EventType").or_insert_with(|| kind.clone().into());
        if let Some(at) = outer.get("event_time") {
            object.entry("EventTime").or_insert_with(|| at.into());
        }
        let (value, raw) = (Value::from(&raw), raw.to_string());
        let event = Self::build(kind, Fields::of(&value).ok_or(NotAnEvent)?, &raw);
        Ok(Self { raw, ..event })
    }
}
