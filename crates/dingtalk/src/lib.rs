#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod calls;
mod client;
mod codes;
mod commas;
mod config;
mod download;
mod envelope;
mod error;
mod gate;
mod http;
mod ids;
mod lenient;
mod multipart;
mod page;
mod path;
mod retry;
mod sealed;
mod secret_cache;
mod token;

pub mod auth;
pub mod calendar;
pub mod card;
pub mod check_in;
pub mod contact;
pub mod events;
pub mod group;
pub mod jsapi;
pub mod limits;
pub mod media;
pub mod robot;
pub mod stream;
pub mod todo;
pub mod work_notice;
pub mod workflow;

pub use client::Client;
pub use config::{Config, Hosts};
pub use error::{Advice, Cause, Error};
pub use ids::{
    AgentId, CalendarEventId, CardTemplateId, ChatId, ConversationId, CorpId, DeptId, InstanceId, MediaId,
    NotAnId, OutTrackId, ProcessCode, RobotCode, RoleGroupId, RoleId, TodoId, UnionId, UserId,
};
pub use retry::{Attempt, after_failure};
pub use token::{TokenAnswer, TokenRequest};
