//! 凭证包: everything that proves one case, in one file that an auditor verifies without the database, and without trusting
//! whoever brings it.
//!
//! The file is JSON with one writing only. It has sections (case, timeline, visits, assessments, approvals with what the platform's own record says
//! of them, every notice that hung, objections and appeals with their answers, payments one after the other with who received for the person
//! and who vouched for new accounts, the checks of the days on which it was paid, what the bank said, ledger, audit, evidence; what was asked back
//! and written off is in the log and the ledger) and a seal: the
//! SHA-256 of the bytes of each section, signed with Ed25519. Any byte that changes is found, and the section it stands in is named. It
//! holds ids, steps, amounts and the texts that hung in public, and no word of what somebody wrote in need, said against it, or found
//! on a visit.

mod consistent;
mod cut;
mod heard;
mod instalment;
mod paid;
mod platform;
mod prove;
mod report;
mod seal;
mod section;
mod verify;

pub use cut::{Cut, Part};
pub use heard::Answered;
pub use instalment::Instalment;
pub use prove::{prove, prove_at_the_machine};
pub use report::{Broken, Report, Why};
pub use seal::{BadSigningKey, PublicKey, Signer};
pub use section::SECTIONS;
pub use verify::verify;
