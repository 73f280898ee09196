//! 回避: who did one step of a case may not do certain others, and nobody on the applicant's side does any.
//!
//! The table follows 《行政事业单位内部控制规范（试行）》 (财会〔2012〕21号) art. 12 (1), 不相容岗位相互分离: registrar, visit lead,
//! reviewer, approver, payer, reconciler and auditor of one case are different people. It is judged over the
//! case's own log, so that a change of roles in between changes nothing. Who acts as a substitute has acted for two: the
//! log names both, and what the one is excluded from, so is the other. Who wrote the person's account into the register did so before or
//! beside the case: that part is asked of the register.

mod log;
mod part;

pub use log::{check, parts};
pub use part::{Part, Rule};
