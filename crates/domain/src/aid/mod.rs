//! 困难帮扶: hardship aid, from one question a page to money in an account and a file that an auditor verifies.
//!
//! A [`Draft`](draft::Draft) becomes a [`Case`] with a number. A worker accepts it, two visitors go, an approver decides in the
//! workplace platform, the ledger reserves the money with the decision, a minimised notice hangs for its working days, a
//! batch pays, the bank answers. [`case`] has the way, [`separation`] who may not do two steps, the log of
//! [`CaseEvent`]s what happened, [`bundle`] the proof.
//!
//! Elsewhere under the same name: `server/src/aid`, `notify/src/words/aid.rs`, `docs/walkthroughs/an-aid-case.md`.

mod amount;
mod channel;
mod error;
mod refusal;
mod stage;
mod status_words;
mod step;

pub mod case;
pub mod category;
pub mod clawback;
pub mod clock;
pub mod closing;
pub mod council;
pub mod deciding;
pub mod draft;
pub mod emergency;
pub mod excused;
pub mod form;
pub mod procedure;
pub mod receipt;
pub mod review;
pub mod sample;
pub mod separation;
pub mod setting;

pub mod appeal;
pub(crate) mod approval;
pub(crate) mod assessment;
pub(crate) mod entity;
pub(crate) mod event;
pub mod history;
mod number;
pub(crate) mod payee;
pub mod payment;
pub(crate) mod proposal;
pub mod public_notice;
pub mod reconcile;
pub mod reference;
pub(crate) mod rule;
pub mod ruling;
pub mod standard;
pub mod stop;
pub mod supplement;
pub(crate) mod visit;

pub mod store;

pub mod commands;
pub mod letters;

mod bank_leg;
pub mod bundle;
pub mod figures;
pub mod progress;
pub mod task;
pub mod view;
mod work;

pub use approval::{Decision, Model as Round, RoundState};
pub use assessment::Model as Assessment;
pub use case::{Status, Step};
pub use category::{Category, Group, NoCategory};
pub use channel::Channel;
pub use clawback::NoClaim;
pub use entity::{Model as Case, envelope, subject};
pub use error::AidError;
pub use event::{Acted, Happened, Model as CaseEvent, Void};
pub use payee::{Model as Payee, NoPayee, PayeeKind, PayeeState, WORDS as PAYEE_WORDS};
pub use proposal::{Model as StandardProposal, ProposalState};
pub use refusal::Refusal;
pub use rule::Model as Rule;
pub use visit::{FINDINGS, Model as Visit, NewVisit};
