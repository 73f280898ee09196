//! 追回: what was paid and should not have been is asked back, by one who proposes and another who decides, and comes in parts. At no
//! moment more has come than is claimed, or more is claimed than was paid. What is asked for in vain is written off by two people's word;
//! that is not undone, but what comes after all is taken.

mod loss;
mod receipt;
mod refusal;
mod row;
mod sums;
pub(in crate::aid) mod write_off;

pub use loss::Loss;
pub use receipt::Model as Instalment;
pub(in crate::aid) use receipt::{Column as InstalmentColumn, Entity as InstalmentEntity};
pub use refusal::NoClaim;
pub use row::{Cause, ClawbackState, Model as Clawback};
pub(in crate::aid) use row::{Column, Entity, why_cell};
pub use sums::{after_instalment, after_loss, claimable, with_the_person};
pub use write_off::{DOCUMENT, Model as WriteOff};
