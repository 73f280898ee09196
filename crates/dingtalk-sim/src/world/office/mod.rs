//! What people work with besides talking and approving: cards, to-dos, calendars, check-ins.

mod calendar;
mod card;
mod cards;
mod check_in;
mod desk;
mod todo;

pub use calendar::{CalendarDay, Guest};
pub(crate) use card::{Card, CardRoute};
pub use card::{CardFace, FaceButton};
pub(crate) use cards::{CardPlaces, CardPress};
pub use check_in::CheckIn;
pub(crate) use desk::{APPROVAL_SPACE, Office};
pub use todo::Todo;
pub(crate) use todo::{TodoChange, TodoFilter};
