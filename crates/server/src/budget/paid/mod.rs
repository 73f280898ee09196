//! What was paid out of a year's budget: the figures, the rows behind them, and those of which the bank says something else.

mod differing;
mod figures;
mod rows;

pub(super) use figures::page;
pub(super) use rows::{file, rows};
