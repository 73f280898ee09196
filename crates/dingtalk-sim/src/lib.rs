#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

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
mod tls;

pub use clock::Clock;
pub use config::{
    AdminLevel, App, AppEndpoints, ApprovalSettings, Ban, CardButton, CardTemplate, CcAt, ClockSetting, Code,
    CodeKind, ContactScope, Control, Corp, CustomRobot, Department, DingSetting, Events, FailedList,
    GroupSetting, GroupTemplate, Limits, Node, NodeMode, Owner, Person, Phone, PhoneKind, Role, RoleGroup,
    Spelling, Step, Story, Tab, Template, Transport, World, WorldError,
};
pub use faults::{CallFault, EventFaults, Fault};
pub use gateway::Connection;
pub use push::SentFile;
pub use tenant::{
    Approvals, Cards, Days, FaultPlan, GroupHandle, Member, Options, PhoneHandle, Pushes, SnapshotError,
    StartError, Stream, Tenant,
};
pub use tls::{Tls, TlsError};
pub use wire_log::{Direction, Exchange};
pub use world::{
    Button, CalendarDay, CardFace, CheckIn, Event, FaceButton, FeedItem, Form, FormValue, Group, GroupLine,
    GroupSpeaker, Guest, Instance, InstanceResult, InstanceStatus, Line, Message, Quota, Record, Refusal,
    Speaker, Task, TaskOutcome, TaskStatus, Todo,
};
