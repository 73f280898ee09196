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
}

impl Searched {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Phone => b"phone",
            Self::IdentityNumber => b"identity_number",
            Self::SamePerson => b"same_person",
        }
    }
}

/// The index of one value, 43 characters.
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

pub(super) fn index(key: &hmac::Key, what: Searched, normalised: &str) -> Blind {
    let mut context = hmac::Context::with_key(key);
    context.update(what.label());
    context.update(&[0]);
    context.update(normalised.as_bytes());
    Blind(URL_SAFE_NO_PAD.encode(context.sign()))
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
}
