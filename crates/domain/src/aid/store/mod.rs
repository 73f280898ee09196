//! Every query on drafts, cases and what belongs to them.

pub mod approval;
pub mod case;
pub mod clock;
pub mod council;
pub mod draft;
pub mod form;
pub mod notice;
pub mod paper;
pub mod payment;
pub mod procedure;
pub mod standard;
pub mod task;
