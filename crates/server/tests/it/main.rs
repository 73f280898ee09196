//! The whole server: the real binary's parts, the real database, a tenant in the process.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test panics")]

mod harness;

mod aid;
mod authority;
mod branch;
mod budget;
mod canary;
mod config;
mod console;
mod crash;
mod demo;
mod directory;
mod doctor;
mod doubles;
mod entering;
mod fences;
mod grievance;
mod health;
mod installation;
mod intake;
mod leading;
mod mandates;
mod manifest;
mod manifest_form;
mod matrix;
mod meter;
mod outreach;
mod own_data;
mod pages;
mod papers;
mod person;
mod points;
mod portable;
mod registers;
mod reminders;
mod retention;
mod second_factor;
mod segments;
mod sign_in;
mod stopping;
mod stream;
mod trail;
mod trees;
mod year;
