//! The command line.

mod aid;
mod aid_arguments;
mod arguments;
mod audit;
mod bank_layout;
mod directory;
mod doctor;
mod grant;
mod ledger;
mod manifest;
mod portable;
mod retention;
mod rotation;
mod run;
mod second_factor;
mod tenant;
mod tree;
mod tree_arguments;

#[cfg(feature = "demo")]
pub(crate) use run::log;
pub use run::run;
