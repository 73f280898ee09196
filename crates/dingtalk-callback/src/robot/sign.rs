//! The headers of a message that is posted.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Duration, Utc};
use ring::hmac;
use subtle::ConstantTimeEq;

use super::Refused;

/// How far the header's timestamp may be from now (documented).
pub const WINDOW: Duration = Duration::hours(1);

/// The `sign` header for a `timestamp` header.
pub fn sign(secret: &str, timestamp: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    STANDARD.encode(hmac::sign(&key, format!("{timestamp}\n{secret}").as_bytes()))
}

/// Checks the headers `timestamp` (milliseconds) and `sign`. The signature does not cover the body, so the endpoint must be reached
/// through TLS.
pub fn verify(secret: &str, timestamp: &str, signature: &str, now: DateTime<Utc>) -> Result<(), Refused> {
    let right: bool = sign(secret, timestamp).as_bytes().ct_eq(signature.as_bytes()).into();
    if right && fresh(timestamp, now) { Ok(()) } else { Err(Refused::Signature) }
}

/// Milliseconds in digits only, within [`WINDOW`].
pub(crate) fn fresh(timestamp: &str, now: DateTime<Utc>) -> bool {
    let digits = timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let at = timestamp.parse().ok().and_then(DateTime::from_timestamp_millis).filter(|_| digits);
    at.is_some_and(|at| (now - at).abs() <= WINDOW)
}
