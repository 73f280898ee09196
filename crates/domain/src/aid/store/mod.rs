//! Every query on drafts, cases and what belongs to them.

pub mod approval;
pub mod case;
pub mod draft;
pub mod form;
pub mod notice;
pub mod payment;
pub mod standard;
pub mod task;
