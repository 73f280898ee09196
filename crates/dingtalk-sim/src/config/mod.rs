//! The world file: read, checked, typed.

mod app;
mod check;
mod desk;
mod directory;
mod limits;
mod world;

pub use app::App;
pub(crate) use check::check;
pub use desk::{Phone, PhoneKind, Step, Story, Tab};
pub use directory::{AdminLevel, Code, CodeKind, ContactScope, Department, Person, Role, RoleGroup};
pub use limits::{Ban, Limits};
pub use world::{
    AppEndpoints, ClockSetting, Control, Corp, Events, FailedList, Node, NodeMode, Owner, Spelling, Template,
    World, WorldError,
};
