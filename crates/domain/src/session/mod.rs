//! 登录会话: opaque, server-side, gone the moment the login leaves the tenant.
//!
//! Elsewhere under the same name: `server/src/session` (the cookie and the exchange with the platform).

pub mod limits;
pub mod login;
mod token;

pub(crate) mod entity;
pub mod store;

pub mod commands;

pub use commands::{Opened, open};
pub use entity::{Ended, Model as Session};
pub use store::SignedIn;
pub use token::{CsrfToken, Token};
