//! The bureau's work: rules, rows, queries and commands. Knows no web, no platform and no clock:
//! time, permission and keys are arguments.
//!
//! In reading order:

pub mod ids;

pub mod calendar;
pub mod region;
pub mod tree;

mod context;
pub mod privacy;

pub mod authority;

pub mod person;
pub mod segment;
pub mod statistics;
pub mod treatment;

pub mod account;
pub mod declaration;
pub mod directory;
pub mod second_factor;
pub mod session;

pub mod consent;
pub mod retention;
pub mod rotation;
pub mod wish;

pub mod pace;

pub mod branch;
pub mod notice;
pub mod quota;

pub mod aid;
pub mod budget;
pub mod evidence;
pub mod grievance;
pub mod outreach;

pub mod export;
pub mod intake;
pub mod trail;

pub mod letters;
pub mod missed;

pub mod seed;

/// Keys the audit chain in a [`Context`].
pub use audit::Key as AuditKey;
pub use context::{Act, By, Context};
