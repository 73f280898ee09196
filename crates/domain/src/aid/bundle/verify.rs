//! Verifying a bundle: bytes and a public key in, a report or the broken place out. No database, no clock, no network.

use std::str;

use serde_json::Value;

use super::{
    consistent::consistent,
    report::{Broken, Report, Why, broken},
    seal::{FORMAT, PublicKey, Seal, hash},
    section::SECTIONS,
};

/// Verifies a bundle.
pub fn verify(bytes: &[u8], key: &PublicKey) -> Result<Report, Broken> {
    let text = str::from_utf8(bytes).map_err(|error| at(bytes, error.valid_up_to(), Why::Unreadable))?;
    let bundle: Value = serde_json::from_str(text)
        .map_err(|error| at(bytes, offset(text, error.line(), error.column()), Why::Unreadable))?;
    if bundle.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(broken("format", Why::Changed));
    }
    let written = bundle.get("seal").ok_or_else(|| broken("seal", Why::Missing))?;
    let seal: Seal = serde_json::from_value(written.clone()).or(Err(broken("seal", Why::Unreadable)))?;
    // Ids and times may be written in several ways that mean the same; only ours is signed.
    if serde_json::to_value(&seal).ok().as_ref() != Some(written) {
        return Err(broken("seal", Why::Rewritten));
    }
    if seal.manifest.key != key.to_string() {
        return Err(broken("seal", Why::OtherKey));
    }
    if !key.signed(&seal) {
        return Err(broken("seal", Why::Changed));
    }
    let sections = bundle.get("sections").ok_or_else(|| broken("file", Why::Missing))?;
    for name in SECTIONS {
        let section = sections.get(name).ok_or_else(|| broken(name, Why::Missing))?;
        if seal.manifest.sections.get(name) != Some(&hash(section)) {
            return Err(broken(name, Why::Changed));
        }
    }
    // What is left are blanks, escapes, repeated and additional names: there is one way to write a bundle.
    let again = serde_json::to_string_pretty(&bundle).or(Err(broken("file", Why::Unreadable)))? + "\n";
    if again != text {
        let same = again.bytes().zip(text.bytes()).take_while(|(one, other)| one == other).count();
        return Err(at(bytes, same, Why::Rewritten));
    }
    let known =
        |names: Option<&serde_json::Map<String, Value>>, count| names.is_some_and(|n| n.len() == count);
    if !known(bundle.as_object(), 3) || !known(sections.as_object(), SECTIONS.len()) {
        return Err(broken("file", Why::Changed));
    }
    consistent(sections, seal.manifest)
}

/// Names the section in which a byte stands: the last name of a section that begins a line before it.
fn at(bytes: &[u8], offset: usize, why: Why) -> Broken {
    let before = bytes.get(..offset.min(bytes.len())).unwrap_or(bytes);
    let mut section = "file";
    for line in before.split(|byte| *byte == b'\n') {
        for name in ["format", "seal"] {
            if line.starts_with(format!("  \"{name}\"").as_bytes()) {
                section = name;
            }
        }
        for name in SECTIONS {
            if line.starts_with(format!("    \"{name}\"").as_bytes()) && section != "seal" {
                section = name;
            }
        }
        if line.starts_with(b"  \"sections\"") {
            section = "file";
        }
    }
    broken(section, why)
}

/// The byte at which serde's line and column are.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    before + column
}
