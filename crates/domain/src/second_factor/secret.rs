//! What the server and an authenticator app share.

use std::fmt;

use ring::rand::{SecureRandom, SystemRandom};

use super::base32;
use crate::privacy::CannotSeal;

/// 20 random bytes, as long as the hash that is used with them (RFC 4226, 4, R6).
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 20]);

impl Secret {
    /// A new one.
    pub fn fresh() -> Result<Self, CannotSeal> {
        let mut bytes = [0; 20];
        SystemRandom::new().fill(&mut bytes).or(Err(CannotSeal))?;
        Ok(Self(bytes))
    }

    /// Known bytes.
    pub const fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// Reads [`reveal`](Self::reveal).
    pub fn parse(text: &str) -> Option<Self> {
        base32::decode(text).map(Self)
    }

    /// In base32, for the app and for sealing; nowhere else.
    pub fn reveal(&self) -> String {
        base32::encode(&self.0)
    }

    /// The same for somebody who types it.
    pub fn grouped(&self) -> String {
        base32::grouped(&self.reveal(), " ")
    }

    pub(super) const fn bytes(&self) -> &[u8; 20] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_secret_reads_back_and_nothing_prints_it() {
        let secret = Secret::from_bytes(*b"12345678901234567890");
        assert_eq!(secret.reveal(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(secret.grouped(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(Secret::parse(&secret.reveal()), Some(secret.clone()));
        for bad in ["", "GEZDGNBV", "1", "gezdgnbvgy3tqojqgezdgnbvgy3tqojq"] {
            assert_eq!(Secret::parse(bad), None, "{bad:?}");
        }
        assert_eq!(format!("{secret:?}"), "Secret(***)");
        assert_ne!(Secret::fresh().unwrap(), Secret::fresh().unwrap());
    }
}
