//! AES-256-GCM over single fields (ring). A sealed value is `v1|key id|nonce|ciphertext`, base64 without
//! padding; table, column and row are authenticated with it, so that a value which is copied into another
//! cell does not open there. SM4-GCM would be a second version beside `v1`, behind the same two functions.

use std::{fmt, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
    rand::{SecureRandom, SystemRandom},
};
use sea_orm::DeriveValueType;
use secrecy::SecretString;

use super::{Blind, Searched, blind};

const VERSION: &str = "v1";

/// Where a sealed value stands. It opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    /// Table name.
    pub table: &'a str,
    /// Column name.
    pub column: &'a str,
    /// The row's id as text.
    pub row: &'a str,
}

impl Cell<'_> {
    fn associated_data(&self) -> String {
        format!("{}|{}|{}", self.table, self.column, self.row)
    }
}

/// A sealed value as it stands in a column.
#[derive(Clone, PartialEq, Eq, DeriveValueType)]
pub struct Sealed(String);

impl Sealed {
    /// The id of the key that sealed it, for counting what a key change has left to do.
    pub fn key_id(&self) -> Option<&str> {
        self.0.split('|').nth(1)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(***)")
    }
}

/// The keys make no sealer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKeys {
    /// There is no key to seal with.
    #[error("no sealing key")]
    None,
    /// A key is not 32 bytes.
    #[error("a key is not 32 bytes long")]
    Length,
    /// A key id is empty, used twice, or holds a separator.
    #[error("a key id is empty, used twice, or holds '|' or '.'")]
    Id,
}

/// The value does not open here. Says no more on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open")]
pub struct CannotOpen;

/// Seals and opens fields. Cheap to clone. Several keys open; the first one seals.
#[derive(Clone)]
pub struct Sealer(Arc<Keys>);

struct Keys {
    sealing: Vec<(String, LessSafeKey)>,
    /// The newest, which is never missing, and all of them.
    indexing: (String, hmac::Key),
    index: Vec<(String, hmac::Key)>,
    random: SystemRandom,
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<&str> = self.0.sealing.iter().map(|(id, _)| id.as_str()).collect();
        f.debug_struct("Sealer").field("keys", &ids).finish_non_exhaustive()
    }
}

impl Sealer {
    /// `keys` are (id, 32 bytes), newest first; `index_key` (32 bytes) makes the blind indexes.
    pub fn new(keys: &[(&str, &[u8])], index_key: &[u8]) -> Result<Self, BadKeys> {
        Self::with_indexes(keys, &[("", index_key)])
    }

    /// The same with several index keys, newest first: while an index is made anew, values are found under each of them. One may have an
    /// empty id: that of the days when there was one index key without a name.
    pub fn with_indexes(keys: &[(&str, &[u8])], indexes: &[(&str, &[u8])]) -> Result<Self, BadKeys> {
        if keys.is_empty() {
            return Err(BadKeys::None);
        }
        let mut sealing: Vec<(String, LessSafeKey)> = Vec::with_capacity(keys.len());
        for (id, bytes) in keys {
            if id.is_empty() || id.contains('|') || sealing.iter().any(|(known, _)| known == id) {
                return Err(BadKeys::Id);
            }
            let key = UnboundKey::new(&AES_256_GCM, bytes).or(Err(BadKeys::Length))?;
            sealing.push(((*id).to_owned(), LessSafeKey::new(key)));
        }
        let mut index: Vec<(String, hmac::Key)> = Vec::with_capacity(indexes.len());
        for (id, bytes) in indexes {
            if id.contains(['|', '.']) || index.iter().any(|(known, _)| known == id) {
                return Err(BadKeys::Id);
            }
            if bytes.len() != 32 {
                return Err(BadKeys::Length);
            }
            index.push(((*id).to_owned(), hmac::Key::new(hmac::HMAC_SHA256, bytes)));
        }
        let indexing = index.first().cloned().ok_or(BadKeys::None)?;
        Ok(Self(Arc::new(Keys { sealing, indexing, index, random: SystemRandom::new() })))
    }

    /// Seals a text for one cell with the newest key and a fresh random nonce.
    /// Fails only when the machine has no randomness to give.
    pub fn seal(&self, cell: Cell<'_>, clear: &str) -> Result<Sealed, CannotSeal> {
        let (id, key) = self.0.sealing.first().ok_or(CannotSeal)?;
        let mut nonce = [0; NONCE_LEN];
        self.0.random.fill(&mut nonce).or(Err(CannotSeal))?;
        let mut bytes = clear.as_bytes().to_vec();
        let aad = Aad::from(cell.associated_data());
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut bytes)
            .or(Err(CannotSeal))?;
        let (nonce, bytes) = (STANDARD_NO_PAD.encode(nonce), STANDARD_NO_PAD.encode(bytes));
        Ok(Sealed(format!("{VERSION}|{id}|{nonce}|{bytes}")))
    }

    /// Opens a value that was sealed for this very cell.
    pub fn open(&self, cell: Cell<'_>, sealed: &Sealed) -> Result<SecretString, CannotOpen> {
        let mut parts = sealed.0.split('|');
        let (Some(VERSION), Some(id), Some(nonce), Some(bytes), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(CannotOpen);
        };
        let (_, key) = self.0.sealing.iter().find(|(known, _)| known == id).ok_or(CannotOpen)?;
        let nonce = STANDARD_NO_PAD.decode(nonce).or(Err(CannotOpen))?;
        let nonce = Nonce::try_assume_unique_for_key(&nonce).or(Err(CannotOpen))?;
        let mut bytes = STANDARD_NO_PAD.decode(bytes).or(Err(CannotOpen))?;
        let clear =
            key.open_in_place(nonce, Aad::from(cell.associated_data()), &mut bytes).or(Err(CannotOpen))?;
        let text = std::str::from_utf8(clear).or(Err(CannotOpen))?;
        Ok(SecretString::from(text))
    }

    /// Was the value sealed with the key that seals now?
    pub fn is_newest(&self, sealed: &Sealed) -> bool {
        self.0.sealing.first().is_some_and(|(id, _)| sealed.key_id() == Some(id))
    }

    /// The blind index under which a normalised value is written.
    pub fn blind(&self, what: Searched, normalised: &str) -> Blind {
        let (id, key) = &self.0.indexing;
        blind::index((id, key), what, normalised)
    }

    /// Every index under which a normalised value may stand, the newest first: what whoever searches asks for.
    pub fn blinds(&self, what: Searched, normalised: &str) -> Vec<Blind> {
        self.0.index.iter().map(|(id, key)| blind::index((id, key), what, normalised)).collect()
    }

    /// Was the index made with the key that makes them now?
    pub fn is_newest_index(&self, index: &Blind) -> bool {
        index.key_id() == self.newest_index()
    }

    /// The ids of the sealing keys, the newest first.
    pub fn key_ids(&self) -> Vec<&str> {
        self.0.sealing.iter().map(|(id, _)| id.as_str()).collect()
    }

    /// The ids of the index keys, the newest first.
    pub fn index_ids(&self) -> Vec<&str> {
        self.0.index.iter().map(|(id, _)| id.as_str()).collect()
    }

    /// The id of the key that seals.
    pub fn newest(&self) -> &str {
        self.0.sealing.first().map_or("", |(id, _)| id.as_str())
    }

    /// The id of the key that makes indexes.
    pub fn newest_index(&self) -> &str {
        &self.0.indexing.0
    }
}

/// The machine gave no randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a value could not be sealed")]
pub struct CannotSeal;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    use super::{BadKeys, Cell, Sealed, Sealer};

    const OLD: [u8; 32] = [1; 32];
    const NEW: [u8; 32] = [2; 32];
    const INDEX: [u8; 32] = [3; 32];
    const CELL: Cell<'_> = Cell { table: "person", column: "phone", row: "01" };

    fn sealer() -> Sealer {
        Sealer::new(&[("2026b", &NEW), ("2026a", &OLD)], &INDEX).unwrap()
    }

    #[test]
    fn a_value_opens_in_its_own_cell_only() {
        let sealed = sealer().seal(CELL, "13800001234").unwrap();
        assert_eq!(sealer().open(CELL, &sealed).unwrap().expose_secret(), "13800001234");
        for other in
            [Cell { row: "02", ..CELL }, Cell { column: "identity", ..CELL }, Cell { table: "unit", ..CELL }]
        {
            assert!(sealer().open(other, &sealed).is_err(), "{other:?}");
        }
    }

    #[test]
    fn an_old_key_opens_and_the_new_one_seals() {
        let old = Sealer::new(&[("2026a", &OLD)], &INDEX).unwrap();
        let sealed = old.seal(CELL, "x").unwrap();
        assert!(sealer().open(CELL, &sealed).is_ok());
        assert!(!sealer().is_newest(&sealed));
        let again = sealer().seal(CELL, "x").unwrap();
        assert!(sealer().is_newest(&again));
        assert!(old.open(CELL, &again).is_err());
    }

    #[test]
    fn every_changed_character_is_noticed() {
        let Sealed(text) = sealer().seal(CELL, "13800001234").unwrap();
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = Sealed(String::from_utf8(bytes).unwrap());
            assert!(sealer().open(CELL, &changed).is_err(), "position {at}");
        }
    }

    #[test]
    fn nothing_prints_the_value_or_the_keys() {
        let sealed = sealer().seal(CELL, "13800001234").unwrap();
        assert_eq!(format!("{sealed:?}"), "Sealed(***)");
        assert_eq!(format!("{:?}", sealer()), r#"Sealer { keys: ["2026b", "2026a"], .. }"#);
    }

    #[test]
    fn unusable_keys_are_refused() {
        let refused = |keys: &[(&str, &[u8])]| Sealer::new(keys, &INDEX).err();
        assert_eq!(refused(&[]), Some(BadKeys::None));
        assert_eq!(refused(&[("a", &[0; 31])]), Some(BadKeys::Length));
        assert_eq!(refused(&[("a|b", &OLD)]), Some(BadKeys::Id));
        assert_eq!(refused(&[("a", &OLD), ("a", &NEW)]), Some(BadKeys::Id));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn what_is_sealed_opens_again(text in ".{0,80}") {
            let sealed = sealer().seal(CELL, &text).unwrap();
            let opened = sealer().open(CELL, &sealed).unwrap();
            prop_assert_eq!(opened.expose_secret(), text.as_str());
        }
    }
}
