#![doc = include_str!("../README.md")]

mod account;
mod amounts;
mod check;
mod entity;
mod fen;
mod figures;
mod post;
mod read;
mod split;
mod steps;
mod year;

pub use account::{Account, Bucket, Envelope};
pub use check::{Finding, check};
pub use entity::EntryId;
pub use fen::{Fen, NotFen};
pub use figures::{Figure, Figures, figures, lines_of};
pub use post::LedgerError;
pub use read::{Balance, Line, balance, balances, keyed_lines, lines, trial_balance};
pub use split::split;
pub use steps::{
    Carried, appropriate, bring_back, carry, claw_back, commit, give_back, pay, recover, recover_lost,
    recover_lost_late, release, reserve, take_back, transfer, uncommit, write_off, write_off_late,
};
pub use year::{Freeze, freeze, freezes, hold, is_frozen, open_from};
