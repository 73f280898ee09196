//! Logins of the workplace platform, and which persons they may act as. The platform says who is in the
//! tenant; a login that leaves loses its sessions in the same transaction.
//!
//! Elsewhere under the same name: `server/src/account`, `notify/src/words/account.rs`.

pub(crate) mod entity;
pub(crate) mod event;
pub(crate) mod id;
pub(crate) mod link;
mod text_size;

pub mod store;

pub mod mandate;

pub mod commands;
mod ending;
pub mod letters;
pub mod news;
pub(crate) mod reviving;

pub use entity::Model as Account;
pub use event::{Model as AccountEvent, NewsKind};
pub use link::{LinkKind, Model as AccountLink};
pub use text_size::TextSize;
