//! One approval instance: what it is, how it goes on, and who can be asked besides.

mod added;
mod flow;
mod instance;

pub(crate) use added::{AddedPlace, AddedSign};
pub(crate) use flow::Decision;
pub use instance::{Instance, InstanceResult, InstanceStatus, Record, Task, TaskOutcome, TaskStatus};
