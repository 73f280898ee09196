//! The bureau's work: rules, rows, queries and commands. Knows no web, no DingTalk and no clock:
//! time, permission and keys are arguments.
//!
//! In reading order:

pub mod ids;
pub mod privacy;
