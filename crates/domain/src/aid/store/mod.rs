//! Every query on drafts, cases and what belongs to them.

pub mod account;
pub mod approval;
pub mod bank;
pub mod case;
pub mod day_check;
pub mod draft;
pub mod figures;
pub mod notice;
pub mod payment;
pub mod standard;
pub mod stop;
pub mod task;
