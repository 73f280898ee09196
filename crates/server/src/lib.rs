//! The `yinling` server: configuration, sign-in, pages, the callback endpoint, jobs, and the command line.

pub mod alone;
pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod consent;
pub mod console;
pub mod desk;
pub mod doors;
pub mod keys;
pub mod routes;
pub mod serve;

pub mod account;
pub mod aid;
pub mod assets;
pub mod authority;
pub mod branch;
pub mod budget;
pub mod callback;
pub mod declaration;
pub mod evidence;
pub mod export;
pub mod finding;
pub mod grievance;
pub mod headers;
pub mod health;
pub mod home;
pub mod intake;
pub mod jobs;
pub mod manifest;
pub mod outreach;
pub mod page;
pub mod person;
pub mod retention;
pub mod second_factor;
pub mod segment;
pub mod session;
pub mod statistics;
pub mod terminal;
pub mod trail;
pub mod treatment;
pub mod tree;
pub mod wish;

#[cfg(feature = "demo")]
mod demo;
