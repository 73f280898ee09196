#![doc = include_str!("../README.md")]

mod anchors;
mod append;
mod canonical;
mod entity;
mod export;
mod key;
mod proof;
mod read;
mod rows;
mod seal;
mod search;
#[cfg(feature = "testing")]
pub mod testing;
mod verify;

pub use anchors::{AnchorsError, Kept, keep, kept};
pub use append::{AuditError, NewRow, Seq, append};
pub use entity::Row;
pub use export::{Checked, ExportError, Exported, NotAnExport, check, export};
pub use key::{Key, KeyTooShort};
pub use proof::{Link, Slice, slice};
pub use read::{by_actor, head, of_subject, page};
pub use seal::{Anchor, NotAnAnchor};
pub use search::{Search, search};
pub use verify::{Broken, Verdict, Wanted, verify, verify_against, verify_wanted};
