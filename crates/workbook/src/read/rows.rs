//! The rows of a sheet that hold something.

use super::walker::{Merged, Walker};
use crate::{Cell, Limits, Refusal};

/// A row that holds something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as the program shows it, from 1.
    pub number: u32,
    /// Its cells that hold something, by column (from 0), in order.
    pub cells: Vec<(u32, Cell)>,
}

/// Gives the rows of one sheet, one at a time. A cell that is merged over several rows stands in each of them.
pub struct Rows<'a> {
    walker: Walker<'a>,
    limits: Limits,
    total: usize,
    given: usize,
    last: u32,
    waiting: std::vec::IntoIter<Merged>,
    next: Option<Merged>,
    active: Vec<(Merged, Option<Cell>)>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(walker: Walker<'a>, limits: Limits, total: usize, merged: Vec<Merged>) -> Self {
        let mut waiting = merged.into_iter();
        let next = waiting.next();
        Self { walker, limits, total, given: 0, last: 0, waiting, next, active: Vec::new() }
    }

    /// How many rows there are, titles and header too.
    pub fn total(&self) -> usize {
        self.total
    }

    /// The next one. `None`: that was the last.
    #[expect(clippy::should_implement_trait, reason = "it may fail, and an iterator would go on after that")]
    pub fn next(&mut self) -> Result<Option<Row>, Refusal> {
        // What comes after the last one is blank, however long it is.
        if self.given == self.total {
            return Ok(None);
        }
        let Some(mut row) = self.walker.row()? else { return Ok(None) };
        self.given += 1;
        // Numbers are what clerks are told; a file in which they do not rise tells them nonsense.
        if row.number <= self.last {
            return Err(Refusal::Damaged("rows"));
        }
        self.last = row.number;
        self.fill(&mut row);
        if row.cells.iter().map(|(_, cell)| cell.shown().len()).sum::<usize>() > self.limits.row {
            return Err(Refusal::TooMuchText(row.number));
        }
        Ok(Some(row))
    }

    fn fill(&mut self, row: &mut Row) {
        while let Some(block) = self.next.filter(|block| block.first <= row.number) {
            self.active.push((block, None));
            self.next = self.waiting.next();
        }
        self.active.retain(|(block, _)| block.last >= row.number);
        for (block, value) in &mut self.active {
            let at = row.cells.binary_search_by_key(&block.column, |(column, _)| *column);
            match (at, value.as_ref()) {
                (Ok(at), _) if row.number == block.first => {
                    *value = row.cells.get(at).map(|(_, cell)| cell.clone());
                }
                (Err(at), Some(cell)) => row.cells.insert(at, (block.column, cell.clone())),
                _ => {}
            }
        }
    }
}
