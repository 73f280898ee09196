//! Looking fields up the way the platform writes them: `userId` or `UserId`, one value or a list, a number or its digits.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// An object, read without regard to case. Names are given in lower case.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    pub(crate) fn of(value: &'a Value) -> Option<Self> {
        value.as_object().map(Self)
    }

    pub(crate) fn get(self, name: &str) -> Option<&'a Value> {
        self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// An object inside the object.
    pub(crate) fn inner(self, name: &str) -> Option<Self> {
        self.get(name).and_then(Self::of)
    }

    /// A text; a number becomes its digits. Empty texts are absent.
    pub(crate) fn text(self, name: &str) -> Option<String> {
        text(self.get(name)?)
    }

    /// A list of texts; a single value is a list of one.
    pub(crate) fn texts(self, name: &str) -> Vec<String> {
        match self.get(name) {
            Some(Value::Array(values)) => values.iter().filter_map(text).collect(),
            Some(value) => text(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// A text of a type of its own, such as an id. What does not fit is absent.
    pub(crate) fn parsed<T: std::str::FromStr>(self, name: &str) -> Option<T> {
        self.text(name)?.parse().ok()
    }

    /// Milliseconds since 1970.
    pub(crate) fn time(self, name: &str) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.parsed(name)?)
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
