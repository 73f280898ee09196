//! Stream mode: our own listener against the platform's side of it.

mod listening;

mod gateway;
mod lines;
mod many;
mod messages;
mod trouble;
