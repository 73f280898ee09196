//! Are these the keys with which an installation was written? Told without showing them, for a file that is carried elsewhere.

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use super::{Cell, Sealed, Sealer, Searched};

const CELL: Cell<'static> = Cell { table: "portable", column: "check", row: "1" };
const TEXT: &str = "银龄";

/// What keys make of a known text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyCheck {
    /// The ids of all keys that open, the one that seals first.
    pub key_ids: Vec<String>,
    sealed: String,
    index: String,
}

/// Other keys.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OtherKeys {
    /// A key is missing.
    #[error("the sealing key {0} is missing")]
    Missing(String),
    /// The newest key has the same id and other bytes.
    #[error("the sealing key {0} is another one")]
    Sealing(String),
    /// The index key.
    #[error("the index key is another one")]
    Index,
}

impl KeyCheck {
    /// Of the keys there are. `None`: the machine has no randomness to give.
    pub fn of(seal: &Sealer) -> Option<Self> {
        let sealed = seal.seal(CELL, TEXT).ok()?;
        let key_ids = seal.key_ids().into_iter().map(str::to_owned).collect();
        Some(Self { key_ids, sealed: sealed.as_str().to_owned(), index: index(seal) })
    }

    /// Would everything open with these keys, and be found?
    pub fn fits(&self, seal: &Sealer) -> Result<(), OtherKeys> {
        if let Some(missing) = self.key_ids.iter().find(|id| !seal.key_ids().contains(&id.as_str())) {
            return Err(OtherKeys::Missing(missing.clone()));
        }
        let opened = seal.open(CELL, &Sealed::from_text(&self.sealed));
        if opened.is_ok_and(|text| text.expose_secret() == TEXT) {
            if self.index == index(seal) { Ok(()) } else { Err(OtherKeys::Index) }
        } else {
            Err(OtherKeys::Sealing(self.key_ids.first().cloned().unwrap_or_default()))
        }
    }
}

fn index(seal: &Sealer) -> String {
    seal.blind(Searched::SamePerson, TEXT).as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{super::Sealer, KeyCheck, OtherKeys};

    #[test]
    fn other_keys_are_told_apart() {
        let keys = |id: &str, byte, index| Sealer::new(&[(id, &[byte; 32])], &[index; 32]).unwrap();
        let check = KeyCheck::of(&keys("a", 1, 2)).unwrap();
        assert_eq!(check.fits(&keys("a", 1, 2)), Ok(()));
        assert_eq!(check.fits(&keys("b", 1, 2)), Err(OtherKeys::Missing("a".to_owned())));
        assert_eq!(check.fits(&keys("a", 3, 2)), Err(OtherKeys::Sealing("a".to_owned())));
        assert_eq!(check.fits(&keys("a", 1, 3)), Err(OtherKeys::Index));
        // A newer key besides does no harm.
        let more = Sealer::new(&[("b", &[9; 32]), ("a", &[1; 32])], &[2; 32]).unwrap();
        assert_eq!(check.fits(&more), Ok(()));
    }
}
