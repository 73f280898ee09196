//! Every query of this feature.

pub mod entry;
pub mod plan;
pub mod point;
pub mod standard;
pub mod stay;
pub mod stock;
pub mod visit;
