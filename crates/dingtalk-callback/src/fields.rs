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

    /// A boolean, or a text that holds one; anything else is false.
    pub(crate) fn flag(self, name: &str) -> bool {
        match self.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
            _ => false,
        }
    }

    /// A list of texts of a type of its own. What does not fit is left out.
    pub(crate) fn all_parsed<T: std::str::FromStr>(self, name: &str) -> Vec<T> {
        self.texts(name).iter().filter_map(|text| text.parse().ok()).collect()
    }

    /// Milliseconds since 1970.
    pub(crate) fn time(self, name: &str) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.parsed(name)?)
    }
}

/// Did it come without its content because the month's deliveries are used up? The code is spelled in two ways.
pub(crate) fn quota_used_up(fields: Fields<'_>) -> bool {
    ["errorcode", "errcode"].iter().any(|name| fields.text(name).as_deref() == Some("20001"))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
