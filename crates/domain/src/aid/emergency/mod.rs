//! 先救后补: the money first, by the word of two different approvers, up to a cap that a row sets and that counts again when the money goes; the
//! papers within the days that a row sets; then the ordinary way, which confirms it or says that it is to be given back. Each is on the
//! auditor's list.

mod list;
mod row;

pub use list::{Listed, Papers, listed};
pub(in crate::aid) use row::{Column, Entity, why_cell};
pub use row::{EmergencyState, Model as Emergency, Reached};
