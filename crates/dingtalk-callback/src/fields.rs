//! Looking fields up the way the platform writes them: `userId` or `UserId`, one value or a list, a number or its digits.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde_json_borrow::{ObjectAsVec, Value};

/// An object, read without regard to case. Names are given in lower case.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a>(&'a ObjectAsVec<'a>);

impl<'a> Fields<'a> {
    pub(crate) fn of(value: &'a Value<'a>) -> Option<Self> {
        value.as_object().map(Self)
    }

    /// Of a name that stands there twice, the last counts.
    pub(crate) fn get(self, name: &str) -> Option<&'a Value<'a>> {
        self.0.as_vec().iter().rfind(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// An object inside the object.
    pub(crate) fn inner(self, name: &str) -> Option<Self> {
        self.get(name).and_then(Self::of)
    }

    /// A text; a number becomes its digits. Empty texts are absent.
    pub(crate) fn text(self, name: &str) -> Option<String> {
        text(self.get(name)?).map(Cow::into_owned)
    }

    /// A list of texts; a single value is a list of one.
    pub(crate) fn texts(self, name: &str) -> Vec<String> {
        self.each(name).iter().filter_map(text).map(Cow::into_owned).collect()
    }

    /// A text of a type of its own, such as an id. What does not fit is absent.
    pub(crate) fn parsed<T: std::str::FromStr>(self, name: &str) -> Option<T> {
        text(self.get(name)?)?.parse().ok()
    }

    /// A boolean, or a text that holds one; anything else is false.
    pub(crate) fn flag(self, name: &str) -> bool {
        match self.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::Str(text)) => text.eq_ignore_ascii_case("true"),
            _ => false,
        }
    }

    /// A list of texts of a type of its own. What does not fit is left out.
    pub(crate) fn all_parsed<T: std::str::FromStr>(self, name: &str) -> Vec<T> {
        self.each(name).iter().filter_map(text).filter_map(|text| text.parse().ok()).collect()
    }

    /// The values of a list; a single value is a list of one.
    pub(crate) fn each(self, name: &str) -> &'a [Value<'a>] {
        match self.get(name) {
            Some(Value::Array(values)) => values,
            Some(value) => std::slice::from_ref(value),
            None => &[],
        }
    }

    /// Milliseconds since 1970.
    pub(crate) fn time(self, name: &str) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.parsed(name)?)
    }
}

/// Did it come without its content because the month's deliveries are used up? The code is spelled in two ways.
pub(crate) fn quota_used_up(fields: Fields<'_>) -> bool {
    ["errorcode", "errcode"].iter().any(|name| fields.get(name).and_then(text).as_deref() == Some("20001"))
}

fn text<'a>(value: &'a Value<'_>) -> Option<Cow<'a, str>> {
    match value {
        Value::Str(text) if !text.is_empty() => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(serde_json::Number::from(*number).to_string())),
        _ => None,
    }
}
