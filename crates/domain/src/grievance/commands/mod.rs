//! What is done with 反映的问题, each in one transaction.

mod open;

pub mod file;
pub mod mark;

pub mod answer;
pub mod assign;

pub mod author;
pub mod receipt;

pub mod read;
pub mod release;
pub mod remind;
