//! 发放: batches of payments, and what the bank says. A batch is made by one person and confirmed by another; its lines have
//! a control sum and a hash, so that what was confirmed is what goes to the bank.

pub(crate) mod batch;
mod line;
pub(crate) mod row;

pub use batch::{BatchState, Model as Batch};
pub use line::{Controls, Line, controls, file};
pub use row::{BankResult, Model as Payment, PaymentState, ReturnReason};
