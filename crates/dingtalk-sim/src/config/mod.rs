//! The world file: read, checked, typed.

mod app;
mod approval;
mod card;
mod check;
mod desk;
mod directory;
mod group;
mod limits;
mod transport;
mod world;

pub use app::App;
pub use approval::{ApprovalSettings, CcAt, Control, Node, NodeMode, Template};
pub use card::{CardButton, CardTemplate};
pub(crate) use check::check;
pub use desk::{Phone, PhoneKind, Step, Story, Tab};
pub use directory::{AdminLevel, Code, CodeKind, ContactScope, Department, Person, Role, RoleGroup};
pub use group::{CustomRobot, DingSetting, GroupSetting, GroupTemplate};
pub use limits::{Ban, Limits};
pub use transport::Transport;
pub use world::{AppEndpoints, ClockSetting, Corp, Events, FailedList, Owner, Spelling, World, WorldError};
