//! How long things are kept: what the rules let go goes once, by two people's word, and nothing else.

mod classes;
mod files;
mod flow;
mod holding;
mod killed;
mod page;
mod restoring;
mod rules;
mod scene;
