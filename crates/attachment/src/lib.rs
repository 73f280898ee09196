#![doc = include_str!("../README.md")]

mod examine;
mod exif;
mod kind;
mod limits;
mod mark;
mod pdf;
mod picture;
mod refusal;
mod strip;

pub use examine::{Examined, examine};
pub use exif::Taken;
pub use kind::Kind;
pub use limits::Limits;
pub use mark::{Mark, Marked};
pub use picture::{Area, LINE, SMALL, redact};
pub use refusal::Refusal;
