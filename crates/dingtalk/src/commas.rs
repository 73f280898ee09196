//! Lists that the old host wants as one text with commas between, and answers as arrays.

use std::{fmt::Display, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use serde_json::Value;

/// A list that travels as `"2,3,4"`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commas<T>(pub Vec<T>);

impl<T> From<Vec<T>> for Commas<T> {
    fn from(list: Vec<T>) -> Self {
        Self(list)
    }
}

impl<T: Display> Serialize for Commas<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.iter().map(T::to_string).collect::<Vec<_>>().join(","))
    }
}

impl<'de, T: FromStr> Deserialize<'de> for Commas<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let one = |text: &str| text.trim().parse().or(Err(D::Error::custom("not an id")));
        let list = match Value::deserialize(deserializer)? {
            Value::String(text) if text.is_empty() => Vec::new(),
            Value::String(text) => text.split(',').map(one).collect::<Result<_, _>>()?,
            Value::Array(values) => values
                .iter()
                .map(|value| one(&value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
                .collect::<Result<_, _>>()?,
            _ => return Err(D::Error::custom("expected a list")),
        };
        Ok(Self(list))
    }
}

#[cfg(test)]
mod tests {
    use super::Commas;
    use crate::ids::DeptId;

    #[test]
    fn a_list_is_one_text_and_is_read_as_text_or_array() {
        let list = Commas(vec![DeptId(2), DeptId(3)]);
        assert_eq!(serde_json::to_string(&list).unwrap(), r#""2,3""#);
        for json in [r#""2,3""#, r#"["2",3]"#] {
            assert_eq!(serde_json::from_str::<Commas<DeptId>>(json).unwrap(), list);
        }
        assert!(serde_json::from_str::<Commas<DeptId>>(r#""2,x""#).is_err());
    }
}
