//! Reminders: plans as rows, each firing once, and the ledger of what became of telling each person each thing. At most
//! once per person and occasion, never in quiet hours, never to the dead. The ledger has every other letter to a person, too.
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
mod told;

pub(crate) mod choice;
mod topic;

mod cap;

pub mod letters;
pub mod post;
pub mod settle;
mod verdict;

pub mod ladder;

pub mod call;
pub mod calls;

pub mod store;

mod readers;
pub mod rungs;

pub use audience::{Audience, Chosen, preview};
pub use call::{CallError, Model as CallTask, Outcome};
pub use choice::{Choice, Model as NoticeChoice, resume_in, stop_in};
pub use entity::{Channel, Model as Notice, Reason, Status};
pub use forecast::{Forecast, READERS_PER_CALL, forecast};
pub use ladder::{Ladder, Reach};
pub use occasion::Occasion;
pub use occurrence::Model as Occurrence;
pub use plan::{Model as ReminderPlan, PlanKind};
pub use plans::PlanError;
pub use quiet::Policy;
pub use run::{Ran, run_occurrence, run_occurrence_in};
pub use told::Told;
pub use topic::Topic;
pub use verdict::{Verdict, still_wanted};
