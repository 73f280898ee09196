//! What people work with besides talking and approving: cards, to-dos, calendars, check-ins.

mod calendar;
mod card;
mod cards;
mod check_in;
mod desk;
mod press;
mod todo;

pub use calendar::{CalendarDay, Guest};
pub(crate) use card::{Card, CardRoute};
pub use card::{CardFace, FaceButton};
pub(crate) use cards::CardPlaces;
pub use check_in::CheckIn;
pub(crate) use desk::{APPROVAL_SPACE, Office};
pub(crate) use press::CardPress;
pub use todo::Todo;
pub(crate) use todo::{TodoChange, TodoFilter};
