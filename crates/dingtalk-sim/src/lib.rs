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
    App, AppEndpoints, ClockSetting, Control, Corp, CustomRobot, Department, DingSetting, Events, FailedList,
    GroupSetting, GroupTemplate, Limits, Node, NodeMode, Owner, Person, Phone, PhoneKind, Spelling, Step,
    Story, Tab, Template, World, WorldError,
};
pub use faults::{CallFault, EventFaults, Fault};
pub use push::SentFile;
pub use tenant::{
    Approvals, FaultPlan, GroupHandle, Member, Options, PhoneHandle, Pushes, SnapshotError, StartError,
    Tenant,
};
pub use wire_log::{Direction, Exchange};
pub use world::{
    Button, Event, FeedItem, Form, FormValue, Group, GroupLine, GroupSpeaker, Instance, InstanceResult,
    InstanceStatus, Line, Message, Quota, Record, Refusal, Speaker, Task, TaskStatus,
};
