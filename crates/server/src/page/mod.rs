//! What every page has: the reader's text size, whom to call, the token of its forms; the pieces that pages are made of; and what is
//! shown when something went wrong.

mod frame;
mod icon;
mod mistakes;
mod parts;
mod pattern;
mod said;

mod error;

pub(crate) use error::catch_panic;
pub use error::{PageError, render_errors};
pub use frame::{Brand, Frame, NavItem, Using, html, mistaken, see_other};
pub use icon::Icon;
pub use mistakes::{Mistake, Mistakes};
pub use parts::{Answer, Choice, Moment, Tag, Tone};
pub(crate) use pattern::pattern;
pub use said::{Said, see_other_saying};
