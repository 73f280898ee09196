//! The world file: read, checked, typed.

mod check;
mod desk;
mod group;
mod world;

pub(crate) use check::check;
pub use desk::{Phone, PhoneKind, Step, Story, Tab};
pub use group::{CustomRobot, DingSetting, GroupSetting, GroupTemplate};
pub use world::{
    App, AppEndpoints, ClockSetting, Control, Corp, Department, Events, FailedList, Limits, Node, NodeMode,
    Owner, Person, Spelling, Template, World, WorldError,
};
