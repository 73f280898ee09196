#![doc = include_str!("../README.md")]

mod clock;
mod config;
mod faults;
mod tenant;
mod wire_log;
mod world;

mod console;
mod control;
mod forms;
mod http;
mod local_time;
mod phone;
mod push;
mod reason;
mod serve;
mod shared;
mod stopwatch;

pub use clock::Clock;
pub use config::{
    AdminLevel, App, AppEndpoints, Ban, ClockSetting, Code, CodeKind, ContactScope, Control, Corp,
    Department, Events, FailedList, Limits, Node, NodeMode, Owner, Person, Phone, PhoneKind, Role, RoleGroup,
    Spelling, Step, Story, Tab, Template, World, WorldError,
};
pub use faults::{CallFault, EventFaults, Fault};
pub use tenant::{
    Approvals, FaultPlan, Member, Options, PhoneHandle, Pushes, SnapshotError, StartError, Tenant,
};
pub use wire_log::{Direction, Exchange};
pub use world::{
    Button, Event, FormValue, Instance, InstanceResult, InstanceStatus, Line, Message, Quota, Record,
    Refusal, Speaker, Task, TaskStatus,
};
