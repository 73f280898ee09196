//! 回访: whom somebody visits once more after the money has come. All payments above a sum that a row sets, and a share of the others,
//! drawn by the calendar and by a seed that nobody chose and that is shown before, so that anybody can draw them again.

mod draw;
mod line;
mod row;
mod seed;

pub use draw::{Chosen, Drawn, draw};
pub use line::Model as FollowUp;
pub(in crate::aid) use line::{Column as LineColumn, Entity as LineEntity, findings_cell};
pub use row::Model as Sample;
pub(in crate::aid) use row::{Column, Entity};
pub(in crate::aid) use seed::{Column as SeedColumn, Entity as SeedEntity};
pub use seed::{Model as Seed, seed};
