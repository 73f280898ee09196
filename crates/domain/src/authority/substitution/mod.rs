//! 代理: whoever is away names somebody who acts under his grant for a while. The substitute inherits what the other is excluded from, it
//! ends by itself, and it is not passed on.

pub(crate) mod entity;
pub mod store;

pub mod commands;
mod hand;

pub use entity::Model as Substitution;
pub use hand::same_hand;
