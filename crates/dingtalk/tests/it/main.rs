//! The client against a host that answers what a test tells it to. Whole [`stories`] run against the simulator instead.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod approval_tasks;
mod cards;
mod days;
mod directory;
mod groups;
mod host;
mod jsapi;
mod limits;
mod media;
mod notices;
mod outcomes;
mod refusals;
mod robot;
mod secrets;
mod sign_in;
mod storage;
mod stories;
mod stream;
mod token;
mod webhook;
mod workflow;
