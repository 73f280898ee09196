//! Who may do what, where: grants of roles over places, and the proofs that commands demand. A proof has
//! private fields and is made only by looking at live grants (or links, or branch posts); a command that
//! takes one cannot be called by somebody who may not. Nothing else decides permission.

mod role;
mod scope;

mod grants;
mod proof;

mod myself;
mod secretary;

pub(crate) mod entity;
pub mod store;

pub mod commands;

pub use entity::Model as Grant;
pub use grants::Grants;
pub use myself::{Capacity, Myself};
pub use proof::{
    Approver, AuditAdmin, Held, Payer, Proof, Publisher, SecurityAdmin, SystemAdmin, Worker, held,
};
pub use role::Role;
pub use scope::{Place, Scope};
pub use secretary::Secretary;
