//! 走访慰问: going round to see people. A [`Standard`] says who gets what on which occasion; a [`Plan`] is the list that follows from it, which
//! people correct, another approves and the ledger reserves for; ways go by places; every [`Visit`] is written down, and what was missed
//! stays to be seen. What was given is paid when the plan is settled, by somebody who was at none of the visits.
//!
//! The home visit of an aid case (`aid::visit`) is another thing. Elsewhere under the same name: `server/src/outreach`,
//! `notify/src/words/outreach.rs`, `docs/walkthroughs/an-outreach-plan.md`.

mod occasion;
mod who;

mod standard;

pub mod layers;
pub mod reference;

mod entry;
mod plan;
mod stay;
mod visit;

pub mod listing;
pub mod route;

mod item;
mod movement;
mod point;
mod purchase;
mod stock;

mod refusal;

pub mod figures;
pub mod letters;
pub mod store;

pub mod commands;

pub use entry::{EntryState, Model as Entry};
pub use item::Model as Item;
pub use layers::InForce;
pub use movement::{Model as Movement, Moved};
pub use occasion::Occasion;
pub use plan::{CATEGORY, Model as Plan, PlanState};
pub use point::Model as Place;
pub use purchase::Model as Purchase;
pub use refusal::{OutreachError, Refusal};
pub use standard::{Model as Standard, Terms};
pub use stay::Model as Stay;
pub use stock::{Short, Stock};
pub use visit::{Model as Visit, Outcome};
pub use who::{Facts, Turning, Who};
