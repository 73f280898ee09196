//! 追回: what was paid and should not have been is asked back, by one who proposes and another who decides, and comes in parts. At no
//! moment more has come than is claimed, or more is claimed than was paid.

mod receipt;
mod refusal;
mod row;
mod sums;

pub use receipt::Model as Instalment;
pub(in crate::aid) use receipt::{Column as InstalmentColumn, Entity as InstalmentEntity};
pub use refusal::NoClaim;
pub use row::{Cause, ClawbackState, Model as Clawback};
pub(in crate::aid) use row::{Column, Entity, why_cell};
pub use sums::{after_instalment, claimable, with_the_person};
