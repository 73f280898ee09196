//! One person, whatever the roles (四库合一): who they are, which unit manages them, where they live, how they
//! are reached and paid. Roles (离休, 党员, 志愿者, 困难 …) are dated facts about the same person, in `fact`. Nothing here is
//! printed by `Debug`.
//!
//! Elsewhere under the same name: `server/src/person`.

pub mod age;
mod facts;
mod new;
pub mod period;

pub(crate) mod entity;
pub(crate) mod event;
pub mod store;
pub(crate) mod unit;

pub mod birth;
pub mod contact;
pub mod fact;
pub mod kin;
pub mod leader;
pub mod name;

pub mod change;
pub mod double;
pub mod merge;
pub mod quality;
pub mod roster;
pub mod sight;
pub mod undecided;

pub(crate) mod forget;
pub(crate) mod managed;
pub(crate) mod trail;

pub mod after_death;
pub mod commands;
pub mod death;
pub mod death_undo;
pub mod place;
pub mod reveal;
pub mod units;

pub use commands::{PersonError, PersonRefusal};
pub use death::Died;
pub use entity::{Model as Person, SealedColumn};
pub use event::{Happened, Model as PersonEvent};
pub use facts::{BirthSource, Calendar, Gender, Precision, Retirement};
pub use new::{Birthday, NewPerson, Payout};
pub use unit::{Model as Unit, UnitKind};
