#![doc = include_str!("../README.md")]

mod clock;
mod config;
mod faults;
mod gateway;
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
    AdminLevel, App, AppEndpoints, ApprovalSettings, Ban, CardButton, CardTemplate, CcAt, ClockSetting, Code,
    CodeKind, ContactScope, Control, Corp, Department, Events, FailedList, Limits, Node, NodeMode, Owner,
    Person, Phone, PhoneKind, Role, RoleGroup, Spelling, Step, Story, Tab, Template, Transport, World,
    WorldError,
};
pub use faults::{CallFault, EventFaults, Fault};
pub use gateway::Connection;
pub use tenant::{
    Approvals, Cards, Days, FaultPlan, Member, Options, PhoneHandle, Pushes, SnapshotError, StartError,
    Stream, Tenant,
};
pub use wire_log::{Direction, Exchange};
pub use world::{
    Button, CalendarDay, CardFace, CheckIn, Event, FaceButton, FormValue, Guest, Instance, InstanceResult,
    InstanceStatus, Line, Message, Quota, Record, Refusal, Speaker, Task, TaskOutcome, TaskStatus, Todo,
};
