//! What people (and the platform, and the calendar) do to a case: each command is one transaction with its log entry, its
//! ledger lines, its letters, and its audit row last. Locks are always taken in this order: batch, case, envelope, audit.

pub(in crate::aid) mod open;
mod word;

pub mod draft;
pub mod enter;
pub mod submit;

pub mod accept;
pub mod assessment;
pub mod emergency;
pub mod evidence;
pub mod supplement;
pub mod visit;

mod ruling;

pub mod appeal;
pub mod council;
pub mod decline;

pub mod approval;
pub mod decide;
pub mod give_up;
pub mod need;
pub mod passing;
pub mod ready;
pub mod withdraw;

pub mod notice;
pub mod objection;

pub(crate) mod carry;

pub mod account;
pub mod answer;
pub mod batch;
pub mod confirm;
mod controls;
pub mod day_check;
pub mod layout;
pub(in crate::aid) mod paid_to;
pub mod payee;
pub mod settle;

pub mod clawback;
pub mod receipt;
pub mod review;
pub mod sample;
pub mod write_off;

pub mod category;
pub mod procedure;
mod second;
pub mod setting;
pub mod standard;
pub mod stop;

pub mod death;
pub mod papers;
pub mod read;
