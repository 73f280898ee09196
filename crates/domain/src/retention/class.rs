//! What a class of data is: its tables, and what becomes of them.

use super::period::{Counted, Period};

/// A class of data. Every table is in exactly one.
#[derive(Debug)]
pub struct Class {
    /// The word in rows: the table of which each subject is a row, where there are subjects.
    pub code: &'static str,
    /// The word on screens.
    pub label: &'static str,
    /// Its tables.
    pub tables: &'static [&'static str],
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of the rows of a class.
#[derive(Debug)]
pub enum Fate {
    /// It goes by a rule, a list and two people.
    Ruled(Ruled),
    /// It stays for good.
    Permanent {
        /// Why, with the document.
        why: &'static str,
    },
    /// It lives for days, and a job of its own takes it away.
    Swept {
        /// Which job.
        by: &'static str,
        /// After how long.
        after: &'static str,
    },
    /// How the machine stands now: no history, nobody's file.
    Machine {
        /// What it is.
        what: &'static str,
    },
}

/// The shortest that a document allows.
#[derive(Clone, Copy, Debug)]
pub struct Floor {
    /// No rule is shorter.
    pub least: Period,
    /// What an installation starts with.
    pub usual: Period,
    /// From which day.
    pub counted: Counted,
    /// Which document says so.
    pub document: &'static str,
}

/// How the subjects of a class are found, and what goes of one. SQL, because it is the same for every class: `r` is the row of the subject,
/// `:id` its id, `LOCAL(…)` the local day of a moment.
#[derive(Debug)]
pub struct Ruled {
    /// The tables of the question; the subject's is `r`.
    pub(super) from: &'static str,
    /// Which of them are over.
    pub(super) which: &'static str,
    /// The day from which is counted.
    pub(super) day: &'static str,
    /// The day in words.
    pub since: &'static str,
    /// Whose a subject is.
    pub(super) people: Option<&'static str>,
    /// Of which unit, besides those of the people.
    pub(super) unit: Option<&'static str>,
    /// Of which aid case.
    pub(super) case: Option<&'static str>,
    /// What goes and what stays, in words.
    pub goes: &'static str,
    /// How it goes.
    pub(super) how: How,
    /// The shortest time.
    pub floor: Floor,
}

/// How a subject goes.
#[derive(Debug)]
pub(super) enum How {
    /// The row with all that hangs on it, in this order; what points there and stays, points nowhere then.
    Erase { parts: &'static [(&'static str, &'static str)], unlink: &'static [(&'static str, &'static str)] },
    /// The skeleton stays without these cells.
    Strip(&'static [Blank]),
}

/// A cell that is emptied.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blank {
    pub(super) table: &'static str,
    /// The column that names the subject.
    pub(super) by: &'static str,
    pub(super) column: &'static str,
    pub(super) with: Nothing,
}

/// What stands in an emptied cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nothing {
    Null,
    /// An empty text.
    Empty,
    /// An empty text, sealed.
    Sealed,
}

impl Ruled {
    /// The word in tombstones.
    pub(super) const fn fate(&self) -> &'static str {
        match self.how {
            How::Erase { .. } => "erase",
            How::Strip(_) => "strip",
        }
    }

    /// The tables whose rows are looked at together, each with the column that names the subject; the subject's own first.
    pub(super) fn rows(&self, class: &Class) -> Vec<(&'static str, &'static str)> {
        let mut rows = vec![(class.code, "id")];
        match self.how {
            How::Erase { parts, .. } => rows.extend(parts),
            How::Strip(blanks) => {
                for blank in blanks {
                    if !rows.contains(&(blank.table, blank.by)) {
                        rows.push((blank.table, blank.by));
                    }
                }
            }
        }
        rows
    }

    /// Every table and column that is handled, for the test that holds it against the foreign keys.
    pub fn handles(&self) -> Vec<(&'static str, &'static str)> {
        match self.how {
            How::Erase { parts, unlink } => parts.iter().chain(unlink).copied().collect(),
            How::Strip(_) => Vec::new(),
        }
    }

    /// Does the row itself go?
    pub const fn erases(&self) -> bool {
        matches!(self.how, How::Erase { .. })
    }
}

pub(super) const fn floor(least: Period, usual: Period, counted: Counted, document: &'static str) -> Floor {
    Floor { least, usual, counted, document }
}

pub(super) const fn blank(
    table: &'static str,
    by: &'static str,
    column: &'static str,
    with: Nothing,
) -> Blank {
    Blank { table, by, column, with }
}
