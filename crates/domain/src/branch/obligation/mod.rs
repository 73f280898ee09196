//! What a branch owes (三会一课, 主题党日, 组织生活会, 民主评议): rules as dated rows with their document, and the engine
//! that says on any day exactly what is still missing.

pub mod defaults;
mod engine;
pub(crate) mod entity;
mod kind;
mod period;
pub mod store;

pub use engine::{Held, Missing, Shape, missing};
pub use entity::Model as ObligationRule;
pub use kind::Obligation;
pub use period::{Cycle, Period};
