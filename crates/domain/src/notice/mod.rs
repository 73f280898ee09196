//! Reminders: plans as rows, each firing once, and the ledger of what became of telling each person each thing. At most
//! once per person and occasion, never in quiet hours, never to the dead.
//!
//! Elsewhere under the same name: `notify/src/plans.rs` and `notify/src/dispatch.rs` (when and how),
//! `notify/src/words/branch.rs` (what it says), `docs/walkthroughs/a-reminder.md`.

pub(crate) mod plan;
pub mod plans;
pub mod quiet;

mod audience;
mod forecast;

pub(crate) mod entity;
mod occasion;
pub(crate) mod occurrence;
mod run;

pub mod letters;
pub mod settle;
mod verdict;

pub mod store;

pub use audience::{Audience, Chosen, preview};
pub use entity::{Model as Notice, Reason, Status};
pub use forecast::{Forecast, READERS_PER_CALL, forecast};
pub use occasion::Occasion;
pub use occurrence::Model as Occurrence;
pub use plan::{Model as ReminderPlan, PlanKind};
pub use plans::PlanError;
pub use quiet::Policy;
pub use run::{Ran, run_occurrence, run_occurrence_in};
pub use verdict::{Verdict, still_wanted};
