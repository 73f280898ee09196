//! Fields that the organisation itself added to its people (扩展属性). They travel as a JSON object inside a text.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use serde_json::Value;

/// Names and values of the added fields; at most 2000 characters together. A name must exist in the console before it is set.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extension(pub BTreeMap<String, String>);

impl Extension {
    /// The value of one field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Has no field at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The fields are about a person: only their number is shown.
impl fmt::Debug for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Extension({} fields)", self.0.len())
    }
}

impl Serialize for Extension {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(&self.0).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&text)
    }
}

/// Takes the text or the object itself; a value that is no text becomes one.
impl<'de> Deserialize<'de> for Extension {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut value = Value::deserialize(deserializer)?;
        if let Value::String(text) = &value {
            let text = if text.trim().is_empty() { "{}" } else { text };
            value = serde_json::from_str(text).or(Err(D::Error::custom("not a JSON object")))?;
        }
        match value {
            Value::Null => Ok(Self::default()),
            Value::Object(fields) => {
                Ok(Self(fields.into_iter().map(|(name, it)| (name, plain(it))).collect()))
            }
            _ => Err(D::Error::custom("not a JSON object")),
        }
    }
}

fn plain(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// What becomes of added fields that a change does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub enum ExtensionMode {
    /// They are cleared. The platform's default.
    Replace,
    /// They stay.
    Merge,
}

impl From<ExtensionMode> for i64 {
    fn from(mode: ExtensionMode) -> Self {
        match mode {
            ExtensionMode::Replace => 0,
            ExtensionMode::Merge => 1,
        }
    }
}

impl TryFrom<i64> for ExtensionMode {
    type Error = &'static str;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        match number {
            0 => Ok(Self::Replace),
            1 => Ok(Self::Merge),
            _ => Err("neither 0 nor 1"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Extension;

    #[test]
    fn the_fields_are_read_from_text_and_object_and_written_as_text() {
        let known: Extension =
            serde_json::from_value(json!(r#"{"独居":"是","年龄":84,"备注":null}"#)).unwrap();
        assert_eq!(
            (known.get("独居"), known.get("年龄"), known.get("备注")),
            (Some("是"), Some("84"), Some(""))
        );
        let same = json!({"独居": "是", "年龄": 84, "备注": null});
        assert_eq!(serde_json::from_value::<Extension>(same).unwrap(), known);
        assert_eq!(serde_json::to_value(&known).unwrap(), json!(r#"{"备注":"","年龄":"84","独居":"是"}"#));
        for nothing in [json!(""), json!("{}"), json!(null)] {
            assert!(serde_json::from_value::<Extension>(nothing).unwrap().is_empty());
        }
        assert!(serde_json::from_value::<Extension>(json!("[1]")).is_err());
        assert_eq!(format!("{known:?}"), "Extension(3 fields)");
    }
}
