//! Verifying a bundle: bytes and a public key in, a report or the broken place out. No database, no clock, no network.

use serde_json::Value;

use super::{
    consistent::consistent,
    cut::{Cut, signed},
    report::{Broken, Report, Why, broken},
    seal::PublicKey,
};

/// Verifies a bundle. First whether every byte is what was signed: that needs no meaning. Then whether what was signed agrees with itself.
pub fn verify(bytes: &[u8], key: &PublicKey) -> Result<Report, Broken> {
    let cut = Cut::of(bytes)?;
    signed(&cut.seal, key)?;
    for part in cut.parts() {
        cut.holds(bytes, part, key)?;
    }
    let bundle: Value = serde_json::from_slice(bytes).or(Err(broken("file", Why::Unreadable)))?;
    let sections = bundle.get("sections").ok_or_else(|| broken("file", Why::Missing))?;
    consistent(sections, cut.seal.manifest)
}
