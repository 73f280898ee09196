//! 回访: whom somebody visits once more after the money has come. All payments above a sum that a row sets, and a share of the others,
//! drawn by a seed that is published, so that anybody can draw them again.

mod draw;
mod line;
mod row;

pub use draw::{Chosen, Drawn, draw};
pub use line::Model as FollowUp;
pub(in crate::aid) use line::{Column as LineColumn, Entity as LineEntity, findings_cell};
pub use row::Model as Sample;
pub(in crate::aid) use row::{Column, Entity};
