//! Every query on walks, departments, who is in them, and the watch for leavers.

mod department;
mod picture;
mod run;
pub mod watch;

pub(super) use department::{
    end_department, make_department, move_department, rename_department, replace_departments,
};
pub(super) use picture::standing;
pub use picture::{active, departments, departments_of, known, names};
pub(super) use run::{Stale, abandoned, begin, forget_standing, supersede, to_write, update, write_down};
pub use run::{changes, count, find, kept, question, runs};
