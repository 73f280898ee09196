//! A card's data: names and texts, with limits in bytes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{error::Error, sealed::shows};

/// The most bytes of a variable's name. A Chinese character has three.
pub const LONGEST_KEY: usize = 100;
/// The most bytes of a variable's value.
pub const LONGEST_VALUE: usize = 1024;
/// The most bytes of all names and values of a card together, those that single people see included.
pub const LARGEST_CARD: usize = 100 * 1024;

/// Values of a card's variables. A number, a boolean, a list or an object is written as its JSON text.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CardData {
    /// Name and value.
    #[serde(default)]
    pub card_param_map: BTreeMap<String, String>,
}

shows!(CardData);

/// What only single people see, by their id.
pub type PrivateData = BTreeMap<String, CardData>;

/// What the ids of people in a card's requests and callbacks are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum UserIdType {
    /// `userId`, the default.
    #[default]
    UserId,
    /// `unionId`.
    UnionId,
}

impl TryFrom<u8> for UserIdType {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, &'static str> {
        match number {
            1 => Ok(Self::UserId),
            2 => Ok(Self::UnionId),
            _ => Err("userIdType is 1 or 2"),
        }
    }
}

impl From<UserIdType> for u8 {
    fn from(kind: UserIdType) -> Self {
        match kind {
            UserIdType::UserId => 1,
            UserIdType::UnionId => 2,
        }
    }
}

impl CardData {
    /// The values of `pairs`.
    pub fn of<K: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let card_param_map = pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
        Self { card_param_map }
    }

    fn check(&self) -> Result<usize, Error> {
        if self.card_param_map.keys().any(|key| key.is_empty() || key.len() > LONGEST_KEY) {
            return Err(Error::NotSent("the name of a card's variable has 1 to 100 bytes"));
        }
        if self.card_param_map.values().any(|value| value.len() > LONGEST_VALUE) {
            return Err(Error::NotSent("the value of a card's variable has at most 1024 bytes"));
        }
        Ok(self.card_param_map.iter().map(|(key, value)| key.len() + value.len()).sum())
    }
}

/// The documented limits of all data that one request carries.
pub(super) fn check(public: Option<&CardData>, private: &PrivateData) -> Result<(), Error> {
    let mut size = public.map_or(Ok(0), CardData::check)?;
    for (person, data) in private {
        if person.is_empty() || person.len() > LONGEST_KEY {
            return Err(Error::NotSent("the id of a person has 1 to 100 bytes"));
        }
        size += person.len() + data.check()?;
    }
    if size > LARGEST_CARD { Err(Error::NotSent("a card has at most 100 KB of data")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_counted_in_bytes() {
        let one = |key: &str, value: &str| check(Some(&CardData::of([(key, value)])), &PrivateData::new());
        // A Chinese character has three bytes.
        assert!(one("title", &"长".repeat(341)).is_ok());
        assert!(one("title", &"长".repeat(342)).is_err());
        assert!(one(&"k".repeat(101), "x").is_err());
        let many = CardData::of((0..103).map(|n| (format!("k{n}"), "x".repeat(1000))));
        assert!(check(Some(&many), &PrivateData::new()).is_err());
        let person = PrivateData::from([("p".repeat(101), CardData::default())]);
        assert!(check(None, &person).is_err());
    }
}
