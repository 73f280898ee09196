//! What runs without being asked. Each job is a function that does one round; the loop here calls it, waits, and stops when told.
//! Any number of servers may run all of them: work is claimed by leases, firings are unique rows, and repetitions change nothing.

mod approvals;
mod climbing;
pub mod directory;
mod evidence;
mod failed_events;
mod intakes;
mod notices;
mod reconcile;
pub(crate) mod retention;
mod rotation;
mod run;
mod trail;

pub use approvals::Approvals;
pub use climbing::Climbing;
pub use evidence::Evidence;
pub use failed_events::FailedEvents;
pub use intakes::Intakes;
pub use notices::Notices;
pub use reconcile::Reconcile;
pub use retention::Retention;
pub use rotation::Rotation;
pub use run::{Jobs, Running};
pub use trail::Trail;
