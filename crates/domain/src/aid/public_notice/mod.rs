//! 公示: what the public is told about a case, and how objections stop the clock. The text is made by the generator alone;
//! nobody types it, and [`check_minimised`] looks at it once more before it hangs.

mod check;
mod text;

pub(crate) mod entity;
pub(crate) mod objection;

pub use check::{Leak, check_minimised};
pub use entity::{Model as PublicNotice, NoticeState};
pub use objection::{Model as Objection, Outcome, SAID};
pub(in crate::aid) use text::says_anyway;
pub use text::{Said, generate};
