//! The signature over a push: lower-case hex SHA-1 of four texts, sorted by their bytes and joined.
//!
//! Since the parts are sorted before they are joined, swapping two of them keeps the signature. Freshness therefore depends on a
//! strict reading of the timestamp, and repetitions are known by content.

use sha1::{Digest, Sha1};
use subtle::ConstantTimeEq;

/// The signature of these parts.
pub fn sign(token: &str, timestamp: &str, nonce: &str, encrypt: &str) -> String {
    let digits = digits(token, timestamp, nonce, encrypt);
    std::str::from_utf8(&digits).unwrap_or_default().to_owned()
}

/// Is this the signature? Compared in constant time.
pub fn verify(signature: &str, token: &str, timestamp: &str, nonce: &str, encrypt: &str) -> bool {
    let right = digits(token, timestamp, nonce, encrypt);
    right.ct_eq(signature.as_bytes()).into()
}

fn digits(token: &str, timestamp: &str, nonce: &str, encrypt: &str) -> [u8; 40] {
    let mut parts = [token, timestamp, nonce, encrypt];
    parts.sort_unstable();
    // This one uses the processor's own instructions; ring's takes four times as long.
    let mut digest = Sha1::new();
    for part in parts {
        digest.update(part.as_bytes());
    }
    let mut digits = [0; 40];
    // Twenty bytes have forty digits: this does not fail.
    let _ = hex::encode_to_slice(digest.finalize(), &mut digits);
    digits
}
