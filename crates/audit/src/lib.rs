#![doc = include_str!("../README.md")]

mod append;
mod canonical;
mod entity;
mod key;
mod proof;
mod read;
mod seal;
mod verify;

pub use append::{AuditError, NewRow, Seq, append};
pub use entity::Row;
pub use key::{Key, KeyTooShort};
pub use proof::{Link, Slice, slice};
pub use read::{by_actor, head, of_subject, page};
pub use seal::{Anchor, NotAnAnchor};
pub use verify::{Broken, Verdict, verify, verify_against};
