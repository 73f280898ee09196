//! The old host writes numbers and booleans as texts now and then; these readers take both.

use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Value;

/// A number, or a text that holds one.
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Number(number) => number.as_i64().ok_or_else(|| D::Error::custom("not a whole number")),
        Value::String(text) => text.trim().parse().or(Err(D::Error::custom("not a number"))),
        _ => Err(D::Error::custom("expected a number")),
    }
}

/// A number, or a text that holds one; absent, null and the empty text are none.
pub(crate) fn optional_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        value => number(value).map(Some).map_err(D::Error::custom),
    }
}

/// An id; absent, null and the empty text are none.
pub(crate) fn optional_id<'de, D: Deserializer<'de>, T: TryFrom<String>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    match text(deserializer)? {
        none if none.is_empty() => Ok(None),
        id => id.try_into().map(Some).or(Err(D::Error::custom("not an id"))),
    }
}

/// A boolean, or a text that holds one; absent and null are false.
pub(crate) fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Bool(value) => Ok(value),
        Value::String(text) => Ok(text.eq_ignore_ascii_case("true")),
        Value::Null => Ok(false),
        _ => Err(D::Error::custom("expected a boolean")),
    }
}

/// A list; null is an empty one.
pub(crate) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    Ok(Option::<Vec<T>>::deserialize(deserializer)?.unwrap_or_default())
}

/// A text; a number becomes its digits, null the empty text.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Null => Ok(String::new()),
        _ => Err(D::Error::custom("expected a text")),
    }
}

/// A text, or a boolean as a text.
pub(crate) fn text_or_boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) => Ok(text),
        Value::Bool(value) => Ok(value.to_string()),
        _ => Err(D::Error::custom("expected a text or a boolean")),
    }
}
