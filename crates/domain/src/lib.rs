//! The bureau's work: rules, rows, queries and commands. Knows no web, no platform and no clock:
//! time, permission and keys are arguments.
//!
//! In reading order:

pub mod account;
pub mod authority;
pub mod ids;
pub mod person;
pub mod privacy;
