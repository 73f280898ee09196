//! Stores and commands against real databases.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failing test panics"
)]

mod accounts;
mod administrators;
mod aid;
mod authority;
mod branch;
mod budget;
mod cast;
mod declarations;
mod directory;
mod grievances;
mod growing;
mod intake;
mod leaders;
mod mandates;
mod notices;
mod obligations;
mod outreach;
mod own_data;
mod pace;
mod party;
mod people;
mod person;
mod quota;
mod retention;
mod rotation;
mod scopes;
mod second_factors;
mod seeds;
mod segments;
mod sessions;
mod substitutes;
mod terms;
mod trees;
