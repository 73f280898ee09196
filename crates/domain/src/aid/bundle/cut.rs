//! A bundle cut into its parts: what stands before the seal, the seal, each section, and what stands between and after. The cut needs no
//! meaning of the JSON, only its one writing, so that each part is held against the signed list byte for byte.

use std::ops::Range;

use ring::digest::{SHA256, digest};

use super::{
    report::{Broken, Why, broken},
    seal::{FORMAT, PublicKey, Seal},
    section::SECTIONS,
};

/// How the line of the sections begins.
const OPENS: &str = "  \"sections\": {\n";
/// How the file ends.
const ENDS: &str = "  }\n}\n";

/// What stands before the seal.
fn begins() -> String {
    format!("{{\n  \"format\": \"{FORMAT}\",\n")
}

/// A part, by its name, and where it stands: `format`, `seal`, one of [`SECTIONS`], or `file` for what is between and after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// Its bytes.
    pub at: Range<usize>,
}

/// A bundle in parts, with the list that was signed. Every byte is in one part.
#[derive(Clone, Debug)]
pub struct Cut {
    pub(super) seal: Seal,
    parts: Vec<Part>,
}

impl Cut {
    /// Cuts a bundle. That a part is there says nothing of what it holds: [`Self::holds`] does.
    pub fn of(bytes: &[u8]) -> Result<Self, Broken> {
        let parts = parts(bytes)?;
        let written =
            parts.iter().find(|part| part.name == "seal").and_then(|part| bytes.get(part.at.clone()));
        Ok(Self { seal: read(written.unwrap_or_default())?, parts })
    }

    /// The parts, in their order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Is a part of these bytes what was signed, or what stands in every bundle? The bytes are as long as those that were cut.
    pub fn holds(&self, bytes: &[u8], part: &Part, key: &PublicKey) -> Result<(), Broken> {
        let there = bytes.get(part.at.clone()).unwrap_or_default();
        match part.name {
            "format" => same("format", there, begins().as_bytes(), Why::Changed),
            "file" if part.at.end == bytes.len() => same("file", there, ENDS.as_bytes(), Why::Rewritten),
            "file" => same("file", there, OPENS.as_bytes(), Why::Rewritten),
            "seal" => signed(&read(there)?, key),
            name => match self.seal.manifest.sections.get(name) {
                Some(listed) if *listed == hash(there) => Ok(()),
                Some(_) => Err(broken(name, Why::Changed)),
                None => Err(broken(name, Why::Missing)),
            },
        }
    }
}

fn same(name: &str, there: &[u8], wanted: &[u8], why: Why) -> Result<(), Broken> {
    if there == wanted { Ok(()) } else { Err(broken(name, why)) }
}

/// The hash of a part: of its very bytes.
pub(super) fn hash(part: &[u8]) -> String {
    hex::encode(digest(&SHA256, part))
}

/// The seal in its one writing: ids and times may be written in several ways that mean the same; only ours is signed.
fn read(written: &[u8]) -> Result<Seal, Broken> {
    let unreadable = || broken("seal", Why::Unreadable);
    let text = std::str::from_utf8(written).or(Err(unreadable()))?;
    let value = text.trim_start().strip_prefix("\"seal\": ").and_then(|text| text.strip_suffix(",\n"));
    let seal: Seal = value.and_then(|text| serde_json::from_str(text).ok()).ok_or_else(unreadable)?;
    if write(&seal).is_some_and(|again| again.as_bytes() == written) {
        Ok(seal)
    } else {
        Err(broken("seal", Why::Rewritten))
    }
}

/// The seal as it stands in the file.
pub(super) fn write(seal: &Seal) -> Option<String> {
    let value = serde_json::to_value(seal).ok()?;
    let lines = serde_json::to_string_pretty(&value).ok()?.replace('\n', "\n  ");
    Some(format!("  \"seal\": {lines},\n"))
}

pub(super) fn signed(seal: &Seal, key: &PublicKey) -> Result<(), Broken> {
    if seal.manifest.key != key.to_string() {
        return Err(broken("seal", Why::OtherKey));
    }
    let known = seal.manifest.sections.keys().map(String::as_str).eq(SECTIONS);
    if known && key.signed(seal) { Ok(()) } else { Err(broken("seal", Why::Changed)) }
}

/// The whole file around what is signed.
pub(super) fn put_together(seal: &str, sections: &str) -> String {
    format!("{}{seal}{OPENS}{sections}{ENDS}", begins())
}

/// The sections as they stand in the file, each with its name.
pub(super) fn sections_of(text: &str) -> Result<Vec<(&'static str, &str)>, Broken> {
    let found = find(text.as_bytes(), 0)?;
    Ok(found.into_iter().filter_map(|part| Some((part.name, text.get(part.at)?))).collect())
}

fn parts(bytes: &[u8]) -> Result<Vec<Part>, Broken> {
    let seal = begins().len();
    let opens = line(bytes, OPENS.as_bytes(), seal).ok_or_else(|| broken("file", Why::Missing))?;
    let first = opens + OPENS.len();
    let last = bytes.len().saturating_sub(ENDS.len());
    let mut parts = vec![
        Part { name: "format", at: 0..seal },
        Part { name: "seal", at: seal..opens },
        Part { name: "file", at: opens..first },
    ];
    let inside = bytes.get(..last).filter(|_| first <= last).ok_or_else(|| broken("file", Why::Missing))?;
    parts.extend(find(inside, first)?);
    parts.push(Part { name: "file", at: last..bytes.len() });
    Ok(parts)
}

/// Each section, from its line to the next one's.
fn find(bytes: &[u8], from: usize) -> Result<Vec<Part>, Broken> {
    let mut found: Vec<Part> = Vec::with_capacity(SECTIONS.len());
    let mut at = from;
    for name in SECTIONS {
        let begins = format!("    \"{name}\": ");
        let start = line(bytes, begins.as_bytes(), at).ok_or_else(|| broken(name, Why::Missing))?;
        // What stands before the first belongs to no section, and has no place.
        if found.is_empty() && start != from {
            return Err(broken("file", Why::Rewritten));
        }
        if let Some(before) = found.last_mut() {
            before.at.end = start;
        }
        found.push(Part { name, at: start..bytes.len() });
        at = start + begins.len();
    }
    Ok(found)
}

/// Where a line begins that begins so.
fn line(bytes: &[u8], begins: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(begins) {
            return Some(at);
        }
        at += rest.iter().position(|byte| *byte == b'\n')? + 1;
    }
    None
}
