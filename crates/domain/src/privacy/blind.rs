//! Blind index: a keyed hash of a normalised value, so that exact search works on sealed columns. Equal
//! values have equal indexes; that is the point, and the only thing a stolen table gives away.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::hmac;
use sea_orm::DeriveValueType;

/// What kind of value is searched for. Keeps the indexes of different columns apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Searched {
    /// A telephone number.
    Phone,
    /// An identity number.
    IdentityNumber,
    /// Name, birth and unit together: what tells people apart of whom no number is known.
    SamePerson,
    /// The code with which the answer to something that was said without a name is fetched.
    Receipt,
}

impl Searched {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Phone => b"phone",
            Self::IdentityNumber => b"identity_number",
            Self::SamePerson => b"same_person",
            Self::Receipt => b"receipt",
        }
    }
}

/// The index of one value: the key's id, a dot and 43 characters; without id and dot for the key that has none.
#[derive(Clone, PartialEq, Eq, Hash, DeriveValueType)]
pub struct Blind(String);

impl Blind {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Blind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blind(***)")
    }
}

impl Blind {
    /// The id of the key that made it.
    pub fn key_id(&self) -> &str {
        self.0.split_once('.').map_or("", |(id, _)| id)
    }
}

pub(super) fn index((id, key): (&str, &hmac::Key), what: Searched, normalised: &str) -> Blind {
    let mut context = hmac::Context::with_key(key);
    context.update(what.label());
    context.update(&[0]);
    context.update(normalised.as_bytes());
    let text = URL_SAFE_NO_PAD.encode(context.sign());
    Blind(if id.is_empty() { text } else { format!("{id}.{text}") })
}

#[cfg(test)]
mod tests {
    use super::super::{Sealer, Searched};

    #[test]
    fn equal_values_meet_and_kinds_do_not() {
        let sealer = Sealer::new(&[("a", &[1; 32])], &[3; 32]).unwrap();
        let other = Sealer::new(&[("b", &[2; 32])], &[3; 32]).unwrap();
        let stranger = Sealer::new(&[("a", &[1; 32])], &[4; 32]).unwrap();
        let phone = sealer.blind(Searched::Phone, "13800001234");
        assert_eq!(
            phone,
            other.blind(Searched::Phone, "13800001234"),
            "a change of sealing keys keeps the index"
        );
        assert_ne!(phone, sealer.blind(Searched::IdentityNumber, "13800001234"));
        assert_ne!(phone, stranger.blind(Searched::Phone, "13800001234"));
        assert_eq!(format!("{phone:?}"), "Blind(***)");
    }

    #[test]
    fn a_value_is_found_under_every_index_key_there_is() {
        let keys: [(&str, &[u8]); 1] = [("a", &[1; 32])];
        let before = Sealer::new(&keys, &[3; 32]).unwrap();
        let during = Sealer::with_indexes(&keys, &[("i2", &[5; 32]), ("", &[3; 32])]).unwrap();
        let old = before.blind(Searched::Phone, "13800001234");
        let new = during.blind(Searched::Phone, "13800001234");
        assert_ne!(old, new);
        assert_eq!((old.key_id(), new.key_id()), ("", "i2"));
        assert_eq!(during.blinds(Searched::Phone, "13800001234"), [new.clone(), old.clone()]);
        assert!(during.is_newest_index(&new) && !during.is_newest_index(&old));
        assert!(before.is_newest_index(&old));
        let bad: [(&str, &[u8]); 1] = [("a.b", &[5; 32])];
        assert!(Sealer::with_indexes(&keys, &bad).is_err(), "the dot ends the id");
    }
}
