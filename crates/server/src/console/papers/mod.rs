//! 材料 on the desk: those of a case for workers, who add, look, black out and mark; for whoever decides, what he may see of them.

mod add;
mod list;
mod one;
mod reader;

pub(super) use add::add;
pub(super) use list::list;
pub(super) use one::{act, bytes, page};
