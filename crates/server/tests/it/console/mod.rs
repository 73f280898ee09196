//! What an approver decides, and everything around it: from a home visit to money in an account and a file that an auditor verifies;
//! then whatever may be in the way.

mod office;

mod story;

mod answering;
mod appealing;
mod cards;
mod clocks;
mod council;
mod deciding;
mod events;
mod history;
mod objecting;
mod paying;
mod reconciling;
mod sending;
mod standards;
mod supplementing;
mod visiting;
mod wrong_person;

pub(crate) use office::pot;
