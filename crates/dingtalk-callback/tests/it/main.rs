//! Known answers of the platform's pages, and what must be refused.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod crypto;
mod endpoint;
mod forged;
mod robot;
mod vectors;
