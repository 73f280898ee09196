#![doc = include_str!("../README.md")]

mod error;
mod kind;
mod table;

mod manifest;
mod tally;

mod archive;
mod read;

mod export;
mod import;

pub use archive::Archive;
pub use error::Error;
pub use export::export;
pub use import::import;
pub use manifest::{Column, Manifest, Tallied};
pub use table::Leave;
