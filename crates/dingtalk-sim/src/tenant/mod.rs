//! The handles by which a test, or the demo, drives a tenant.

mod approvals;
mod cards;
mod days;
mod faults;
mod member;
mod phone;
mod pushes;
mod running;
mod snapshot;
mod stream;

pub use approvals::Approvals;
pub use cards::Cards;
pub use days::Days;
pub use faults::FaultPlan;
pub use member::Member;
pub use phone::PhoneHandle;
pub use pushes::Pushes;
pub use running::{Options, StartError, Tenant};
pub use snapshot::SnapshotError;
pub use stream::Stream;
