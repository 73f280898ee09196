//! The command line.

mod aid;
mod arguments;
mod audit;
mod directory;
mod doctor;
mod grant;
mod ledger;
mod manifest;
mod portable;
mod rotation;
mod run;
mod tenant;

#[cfg(feature = "demo")]
pub(crate) use run::log;
pub use run::run;
