//! The world file: read, checked, typed.

mod approval;
mod card;
mod check;
mod desk;
mod world;

pub use approval::{ApprovalSettings, CcAt, Control, Node, NodeMode, Template};
pub use card::{CardButton, CardTemplate};
pub(crate) use check::check;
pub use desk::{Phone, PhoneKind, Step, Story, Tab};
pub use world::{
    App, AppEndpoints, ClockSetting, Corp, Department, Events, FailedList, Limits, Owner, Person, Spelling,
    World, WorldError,
};
