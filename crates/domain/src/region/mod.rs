//! Administrative regions (行政区划) with dates of validity: statistics are told as of their day, and dead codes live on in identity
//! numbers and old files. Geography only; who may see whom is `authority`.

mod code;
pub(crate) mod entity;
mod tree;

pub mod commands;
mod recode;
pub mod reference;
pub(crate) mod store;

pub use code::RegionCode;
pub use entity::Model as Region;
pub use tree::Regions;
