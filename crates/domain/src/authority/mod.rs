//! Who may do what, where: grants of roles over places, and the proofs that commands demand. A proof has
//! private fields and is made only by looking at live grants (or links, or branch posts); a command that
//! takes one cannot be called by somebody who may not. Nothing else decides permission.

mod data_class;
mod role;
mod scope;

mod grants;
mod proof;

mod myself;
mod secretary;

pub(crate) mod entity;
pub mod store;

pub mod substitution;

pub mod commands;
mod fits;
pub mod letters;
pub mod term;

pub use data_class::{DataClass, PLACES, PlaceKind};
pub use entity::Model as Grant;
pub use fits::{GrantRefusal, reaches};
pub use grants::{Grants, Live};
pub use myself::{Capacity, Myself};
pub use proof::{
    Approver, AuditAdmin, Held, Payer, Proof, Publisher, SecurityAdmin, SystemAdmin, Worker, held,
};
pub use role::Role;
pub use scope::{Place, Scope};
pub use secretary::Secretary;
pub use substitution::Substitution;
