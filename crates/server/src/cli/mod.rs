//! The command line.

mod aid;
mod arguments;
mod directory;
mod doctor;
mod grant;
mod manifest;
mod portable;
mod run;
mod tenant;

#[cfg(feature = "demo")]
pub(crate) use run::log;
pub use run::run;
