//! A request before it is sent: one open draft of a login for a person, saved after each question, offered for 30 days.
//! The answers are sealed as a whole; a draft belongs to whoever began it, and nobody else sees it.

mod answer;
mod answers;
mod choice;
mod question;

pub(crate) mod entity;

pub use answer::{Answer, FieldError, LINE, Raw, WORDS};
pub use answers::{Answers, Complete, Pay, Reach};
pub use choice::{Elsewhere, Since};
pub use entity::{Model as Draft, OFFERED_FOR};
pub use question::{Question, questions};
