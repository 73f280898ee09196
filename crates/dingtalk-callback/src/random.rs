//! Random bytes and nonces.

use ring::rand::{SecureRandom, SystemRandom};

/// Sixteen random bytes. The system's generator does not fail after start on any platform this runs on; if it ever does, the caller
/// refuses instead of sending predictable bytes.
pub(crate) fn bytes() -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(bytes)
}

/// A nonce of sixteen letters and digits.
pub(crate) fn nonce() -> Option<String> {
    Some(hex::encode(bytes()?).chars().take(16).collect())
}
