//! The end of the chain.

use std::fmt;
use std::str::FromStr;

use crate::Seq;
use crate::key::{Key, Purpose};

/// Number and hash of a row: all that has to be kept elsewhere so that the chain up to it cannot be replaced, not even
/// by an older copy of itself. Written as `<seq>:<hash in hex>`. It is no secret.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Anchor {
    /// The row; 0 for an empty chain.
    pub seq: Seq,
    /// Its hash; empty for an empty chain.
    #[serde(with = "hex::serde")]
    pub hash: Vec<u8>,
}

/// Not what an anchor looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an anchor is <number>:<64 hexadecimal digits>")]
pub struct NotAnAnchor;

impl Anchor {
    /// What the head row carries besides, so that nobody without the key can move the end.
    pub(crate) fn seal(&self, key: &Key) -> Vec<u8> {
        key.mac(Purpose::Head, &[&self.seq.0.to_be_bytes(), &self.hash])
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, hex::encode(&self.hash))
    }
}

impl FromStr for Anchor {
    type Err = NotAnAnchor;

    fn from_str(text: &str) -> Result<Self, NotAnAnchor> {
        let (seq, hash) = text.trim().split_once(':').ok_or(NotAnAnchor)?;
        let seq: i64 = seq.parse().or(Err(NotAnAnchor))?;
        let hash = hex::decode(hash).or(Err(NotAnAnchor))?;
        let expected = if seq == 0 { 0 } else { 32 };
        if seq < 0 || hash.len() != expected {
            return Err(NotAnAnchor);
        }
        Ok(Self { seq: Seq(seq), hash })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_read_as_written() {
        for anchor in
            [Anchor { seq: Seq(0), hash: Vec::new() }, Anchor { seq: Seq(42), hash: (0..32).collect() }]
        {
            assert_eq!(anchor.to_string().parse(), Ok(anchor));
        }
        for text in ["", "1", "1:", "1:ab", "x:00", "-1:00", "0:00", ":"] {
            assert_eq!(text.parse::<Anchor>(), Err(NotAnAnchor), "{text}");
        }
    }
}
