//! 省级老领导: a confidentiality class of its own. Whoever is in it leaves every list, search and count, because no ordinary place reaches
//! him any more; who is on his need-to-know list (grants over [`Scope::Person`](crate::authority::Scope)) reaches his page, after saying
//! for what, and every look is written down.

mod discretion;
pub(crate) mod entity;
pub(crate) mod read;
mod vault;

pub mod store;

pub mod commands;

pub use commands::OPEN_FOR;
pub use discretion::{Discretion, SOMEBODY};
pub use entity::Model as Leader;
pub use read::Model as LeaderRead;
pub(crate) use vault::{enter, leave, place, unit_id};
pub use vault::{is_guarded, may_be_granted};
