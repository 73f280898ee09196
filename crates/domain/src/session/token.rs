//! The session's secret and what is derived from it. The database has only a hash of it, so a stolen backup
//! signs nobody in.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    digest, hmac,
    rand::{SecureRandom, SystemRandom},
};

/// The machine gave no randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no randomness for a token")]
pub struct NoRandomness;

/// What the cookie holds: 32 random bytes as base64url, 43 characters (ASVS 5.0, 7.2.3 asks for 16 bytes).
#[derive(Clone)]
pub struct Token([u8; 32]);

impl Token {
    /// A new one.
    pub fn fresh() -> Result<Self, NoRandomness> {
        let mut bytes = [0; 32];
        SystemRandom::new().fill(&mut bytes).or(Err(NoRandomness))?;
        Ok(Self(bytes))
    }

    /// Reads a cookie. `None`: it was not one of ours.
    pub fn parse(cookie: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(cookie).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// For the cookie and nothing else.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the row holds.
    pub(super) fn hash(&self) -> String {
        URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, &self.0))
    }

    /// The session's token for forms. Derived, so nothing is stored and it changes with every login.
    pub fn csrf(&self) -> CsrfToken {
        CsrfToken(URL_SAFE_NO_PAD.encode(self.mac(b"csrf").as_ref()))
    }

    /// Is this the form token of the session? Takes the same time for every wrong answer.
    pub fn accepts(&self, csrf: &str) -> bool {
        self.verifies(b"csrf", csrf)
    }

    pub(super) fn mac(&self, message: &[u8]) -> hmac::Tag {
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &self.0), message)
    }

    pub(super) fn verifies(&self, message: &[u8], tag: &str) -> bool {
        let Ok(tag) = URL_SAFE_NO_PAD.decode(tag) else { return false };
        hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, &self.0), message, &tag).is_ok()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

/// The hidden field of every form.
#[derive(Clone, PartialEq, Eq)]
pub struct CsrfToken(String);

impl CsrfToken {
    /// For the page.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CsrfToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CsrfToken(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn a_form_token_belongs_to_one_session() {
        let (mine, other) = (Token::fresh().unwrap(), Token::fresh().unwrap());
        assert!(mine.accepts(mine.csrf().as_str()));
        assert!(!mine.accepts(other.csrf().as_str()));
        assert!(!mine.accepts(""));
        assert!(!mine.accepts(&mine.reveal()), "the secret itself is no form token");
    }

    #[test]
    fn a_cookie_reads_back_and_nothing_prints_it() {
        let token = Token::fresh().unwrap();
        let cookie = token.reveal();
        assert_eq!(cookie.len(), 43);
        assert_eq!(Token::parse(&cookie).unwrap().hash(), token.hash());
        assert_ne!(token.hash(), cookie);
        assert_eq!(format!("{token:?} {:?}", token.csrf()), "Token(***) CsrfToken(***)");
        for bad in ["", "short", &format!("{cookie}A"), "!!!"] {
            assert!(Token::parse(bad).is_none(), "{bad:?}");
        }
    }
}
