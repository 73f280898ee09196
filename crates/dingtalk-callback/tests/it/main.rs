//! Known answers of the platform's pages, and what must be refused.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod card;
mod corpus;
mod crypto;
mod endpoint;
mod events;
mod forged;
mod frames;
mod replay;
mod robot;
mod vectors;
