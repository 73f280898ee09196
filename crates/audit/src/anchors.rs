//! Anchors in a folder outside the database: one line for each, only ever added. Whoever has the database and even the key
//! cannot put the chain back to an older state without touching this folder, which belongs on another machine, or on a
//! medium that is written once.

use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::Anchor;
use crate::key::{Key, Purpose};

/// Files are called so, with the month before it.
const SUFFIX: &str = ".anchors";

/// An anchor that was kept, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// When.
    pub at: DateTime<Utc>,
    /// Which end of the chain.
    pub anchor: Anchor,
}

/// Why the folder is not believed, or not written.
#[derive(Debug, thiserror::Error)]
pub enum AnchorsError {
    /// It cannot be read or written.
    #[error("the folder of anchors cannot be used")]
    Io(#[from] io::Error),
    /// A line is no anchor of ours: somebody changed it, or the key is another.
    #[error("line {line} of {file} is no anchor under our key")]
    Forged {
        /// The file's name.
        file: String,
        /// The line, from 1.
        line: usize,
    },
}

impl Kept {
    fn line(&self, key: &Key) -> String {
        let at = self.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        format!("{at} {} {}", self.anchor, hex::encode(self.mac(key)))
    }

    fn mac(&self, key: &Key) -> Vec<u8> {
        let at = self.at.timestamp_micros().to_be_bytes();
        key.mac(Purpose::Kept, &[&at, &self.anchor.seq.0.to_be_bytes(), &self.anchor.hash])
    }

    fn parse(line: &str, key: &Key) -> Option<Self> {
        let mut parts = line.split(' ');
        let (at, anchor, mac, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else {
            return None;
        };
        let kept = Self { at: at.parse().ok()?, anchor: anchor.parse().ok()? };
        (mac == hex::encode(kept.mac(key))).then_some(kept)
    }
}

/// Adds an anchor and waits until it is on the medium. A line that a crash left half written is ended first, so that only
/// that one is lost.
pub fn keep(folder: &Path, key: &Key, kept: &Kept) -> Result<(), AnchorsError> {
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("{}{SUFFIX}", kept.at.format("%Y-%m")));
    let torn = fs::read(&path).is_ok_and(|bytes| bytes.last().is_some_and(|last| *last != b'\n'));
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    let line = kept.line(key);
    // One write: servers that share the folder do not come between each other.
    file.write_all(format!("{}{line}\n", if torn { "\n" } else { "" }).as_bytes())?;
    file.sync_all()?;
    Ok(())
}

/// Every anchor, oldest first. A folder that is not there has none. A last line that does not end was never kept.
pub fn kept(folder: &Path, key: &Key) -> Result<Vec<Kept>, AnchorsError> {
    let mut all = Vec::new();
    for path in files(folder)? {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut lines = BufReader::new(fs::File::open(&path)?);
        let (mut text, mut line) = (String::new(), 0);
        while lines.read_line(&mut text)? > 0 {
            line += 1;
            let whole = text.ends_with('\n');
            match Kept::parse(text.trim_end(), key) {
                Some(kept) => all.push(kept),
                None if !whole || is_torn(&text) => {}
                None => return Err(AnchorsError::Forged { file: name, line }),
            }
            text.clear();
        }
    }
    all.sort_by_key(|kept| (kept.anchor.seq, kept.at));
    Ok(all)
}

/// The beginning of a line, as a crash leaves it: too short to have said anything.
fn is_torn(line: &str) -> bool {
    line.trim_end().split(' ').nth(2).is_none_or(|mac| mac.len() < 64)
}

fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, io::Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(SUFFIX) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
