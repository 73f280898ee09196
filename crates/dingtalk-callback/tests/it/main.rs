//! Known answers of the platform's pages, and what must be refused.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod forged;
mod vectors;
