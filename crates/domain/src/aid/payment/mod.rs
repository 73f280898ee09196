//! 发放: batches of payments, and what the bank says. A batch is made by one person and confirmed by another; its lines have
//! a control sum and a hash, so that what was confirmed is what goes to the bank, in the bank's own [`layout`]; the bank's [`answer`] comes back as a file.

pub mod answer;
pub(crate) mod batch;
pub(crate) mod day_check;
pub mod layout;
mod line;
pub(crate) mod row;
pub(crate) mod vouch;

pub use batch::{BatchState, Model as Batch};
pub use day_check::{
    check::Model as DayCheck,
    finding::{Model as DayFinding, Why as NotPaid},
};
pub use line::{Controls, Line, controls, luhn};
pub use row::{BankResult, Model as Payment, PaymentState, ReturnReason};
pub use vouch::{Model as AccountVouch, NEW_FOR_DAYS, REASON};
