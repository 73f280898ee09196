//! Hardship aid, told as stories. Each ends with a balanced ledger and a whole audit chain.

pub(crate) mod office;

mod answering;
mod applying;
mod approval;
mod day_checks;
mod deciding;
mod dying;
mod figures;
mod new_accounts;
mod notice;
mod paying;
mod proving;
mod seeing;
mod separation;
mod standards;
mod standing_in;
mod stops;
mod visiting;
mod year_end;
