//! 银行回单: what the bank answers to a batch, as a file. It is read and judged before anything is written; whoever reads the judgement
//! has it written down, and what cannot be matched stays as it is and is named by its line.

mod judge;
pub(crate) mod line;
pub(crate) mod row;

pub use judge::{Judged, Known, judge};
pub use line::{BankWord, Became, Found, Model as AnswerLine};
pub use row::{AnswerState, Model as BankAnswer};
