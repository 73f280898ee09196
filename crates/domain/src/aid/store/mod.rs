//! Every query on drafts, cases and what belongs to them.

pub mod account;
pub mod after;
pub mod approval;
pub mod bank;
pub mod case;
pub mod category;
pub mod clawback;
pub mod clock;
pub mod council;
pub mod day_check;
pub mod draft;
pub mod emergency;
pub mod figures;
pub mod form;
pub mod notice;
pub mod paper;
pub mod payee;
pub mod payment;
pub mod procedure;
pub mod review;
pub mod seed;
pub mod setting;
pub mod standard;
pub mod stop;
pub mod task;
