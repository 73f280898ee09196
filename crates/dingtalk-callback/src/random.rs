//! Random bytes and nonces.

use ring::rand::{SecureRandom, SystemRandom};

/// What sealing and signing one text takes: sixteen bytes, and a nonce of sixteen letters and digits. Asked for at once, because each
/// question goes to the system. Its generator does not fail after start on any platform this runs on; if it ever does, the caller refuses
/// instead of sending predictable bytes.
pub(crate) fn fresh() -> Option<([u8; 16], String)> {
    let mut bytes = [0; 24];
    SystemRandom::new().fill(&mut bytes).ok()?;
    let (random, nonce) = bytes.split_first_chunk()?;
    let mut digits = [0; 16];
    hex::encode_to_slice(nonce, &mut digits).ok()?;
    Some((*random, std::str::from_utf8(&digits).ok()?.to_owned()))
}
