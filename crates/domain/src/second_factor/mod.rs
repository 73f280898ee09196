//! 动态口令: the second factor of a login (RFC 6238), asked for before an act of high risk by whoever holds a role that
//! [needs it](crate::authority::Role::needs_second_factor). It is the login's own: bound by it, confirmed by a code, and taken away by two
//! security administrators when the telephone is lost. Neither a code nor the secret is in a letter, a log or the chain.
//!
//! Elsewhere under the same name: `server/src/second_factor` (the pages, and where an act is held up).

mod base32;
mod code;
mod recovery;
mod refusal;
mod secret;
mod typed;

pub(crate) mod entity;
pub mod store;

mod binding;
pub mod letters;
pub mod reset;
mod stand;
mod stepping;

pub use binding::{OFFERED_FOR, confirm, offer, offered};
pub use code::{STEP, code_of, step_at};
pub use entity::Model as SecondFactor;
pub use recovery::{CODES, Model as RecoveryCodeRow, RecoveryCode};
pub use refusal::{SecondFactorError, SecondFactorRefusal};
pub use secret::Secret;
pub use stand::{Stand, stand};
pub use stepping::{FAILURES, LOCKED, step_up};
