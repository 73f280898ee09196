//! The handles by which a test, or the demo, drives a tenant.

mod approvals;
mod beginning;
mod cards;
mod days;
mod faults;
mod group;
mod member;
mod phone;
mod pushes;
mod running;
mod snapshot;
mod stream;

pub use approvals::Approvals;
pub(crate) use beginning::reset;
pub use cards::Cards;
pub use days::Days;
pub use faults::FaultPlan;
pub use group::GroupHandle;
pub use member::Member;
pub use phone::PhoneHandle;
pub use pushes::Pushes;
pub use running::{Options, StartError, Tenant};
pub use snapshot::SnapshotError;
pub use stream::Stream;
