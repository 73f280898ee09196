#![doc = include_str!("../README.md")]

mod account;
mod check;
mod entity;
mod fen;
mod post;
mod read;
mod split;

pub use account::{Account, Bucket, Envelope};
pub use check::{Finding, check};
pub use entity::EntryId;
pub use fen::{Fen, NotFen};
pub use post::{
    LedgerError, appropriate, commit, give_back, pay, release, reserve, take_back, transfer, uncommit,
};
pub use read::{Balance, Line, balance, balances, lines, trial_balance};
pub use split::split;
