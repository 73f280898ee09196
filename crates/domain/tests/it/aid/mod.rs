//! Hardship aid, told as stories. Each ends with a balanced ledger and a whole audit chain.

pub(crate) mod office;

mod after;
mod ahead;
mod answering;
mod appealing;
mod applying;
mod approval;
mod claiming;
mod clocks;
mod council;
mod day_checks;
mod deciding;
mod declining;
mod dying;
mod entering;
pub(crate) mod evidence;
mod figures;
mod importing;
mod listing;
mod needs;
mod new_accounts;
mod notice;
mod payees;
mod paying;
mod proving;
mod seeing;
mod separation;
mod settings;
mod standards;
mod standing_in;
mod stops;
mod supplementing;
mod tasks;
mod visiting;
mod walk;
mod year_end;
