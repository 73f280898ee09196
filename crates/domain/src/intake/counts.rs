//! How many rows of which kind.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use super::Verdict;

/// Counts of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Counts {
    /// People who would be new.
    pub new: u32,
    /// People of whom something would be updated.
    pub update: u32,
    /// People of whom everything is known.
    pub unchanged: u32,
    /// People who are there and are left alone.
    pub duplicate: u32,
    /// Rows with a mistake.
    pub error: u32,
    /// Changes of what is protected, for which a second person is asked.
    pub requests: u32,
    /// Rows written.
    pub written: u32,
    /// Rows that no longer fitted when their turn came.
    pub skipped: u32,
    /// Rows taken back.
    pub undone: u32,
    /// Rows that somebody had changed before they could be taken back.
    pub kept: u32,
}

impl Counts {
    /// One more.
    pub(super) fn judged(&mut self, verdict: Verdict) {
        let count = match verdict {
            Verdict::New => &mut self.new,
            Verdict::Update => &mut self.update,
            Verdict::Unchanged => &mut self.unchanged,
            Verdict::Duplicate => &mut self.duplicate,
            Verdict::Error => &mut self.error,
        };
        *count += 1;
    }

    /// How many would be written.
    pub fn writes(&self) -> u32 {
        self.new + self.update
    }
}
