//! Logins of the workplace platform, and which persons they may act as. The platform says who is in the
//! tenant; a login that leaves loses its sessions in the same transaction.
//!
//! Elsewhere under the same name: `server/src/account`, `notify/src/words/account.rs`.

pub(crate) mod entity;
pub(crate) mod link;
pub mod store;
mod text_size;

pub use entity::Model as Account;
pub use link::{LinkKind, Model as AccountLink};
pub use text_size::TextSize;
