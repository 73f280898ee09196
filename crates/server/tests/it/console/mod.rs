//! What an approver decides, and everything around it: from a home visit to money in an account and a file that an auditor verifies;
//! then whatever may be in the way.

mod office;

mod story;

mod answering;
mod appealing;
mod cards;
mod categories;
mod claiming;
mod clocks;
mod council;
mod deciding;
mod events;
mod excusing;
mod following;
mod history;
mod objecting;
mod payees;
mod paying;
mod reconciling;
mod sending;
mod settings;
mod standards;
mod supplementing;
mod urgent;
mod visiting;
mod wrong_person;

pub(crate) use office::pot;
