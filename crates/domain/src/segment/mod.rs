//! 分层分类: a segment is a saved [`Rule`] over what the registers know (离休 + 独居 + 90岁以上), with the service that its people are due.
//! Who is in it is computed each night, kept as dated rows, and explained line by line; nobody is put in or taken out by hand.
//!
//! Elsewhere under the same name: `server/src/segment`.

mod mark;
mod rule;

mod facts;
mod judge;
mod say;

mod cause;
mod service_standard;

mod member;
mod row;
mod run;
mod tally;
mod version;

mod book;
mod reader;
mod refusal;

pub mod store;

pub mod commands;
mod narrow;
pub mod trial;
mod why;

pub mod walk;

pub mod changes;
pub mod explain;

pub use book::{Book, Definition};
pub use cause::Cause;
pub use judge::Verdict;
pub use mark::{Mark, What};
pub use member::{Model as Member, Standing};
pub use reader::Reader;
pub use refusal::{SegmentError, SegmentRefusal};
pub use row::Model as Segment;
pub use rule::{Line, Rule};
pub use run::Model as Run;
pub use service_standard::{Hands, ServiceStandard, Way};
pub use tally::{Counted, Tally};
pub use version::Model as Version;
