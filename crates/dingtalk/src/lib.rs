#![doc = include_str!("../README.md")]

mod client;
mod codes;
mod commas;
mod config;
mod envelope;
mod error;
mod gate;
mod http;
mod ids;
mod lenient;
mod page;
mod retry;
mod sealed;
mod secret_cache;
mod token;

pub mod auth;
pub mod contact;
pub mod events;
pub mod jsapi;
pub mod limits;
pub mod robot;
pub mod work_notice;
pub mod workflow;

pub use client::Client;
pub use config::{Config, Hosts};
pub use error::{Advice, Cause, Error};
pub use ids::{
    AgentId, CorpId, DeptId, InstanceId, NotAnId, ProcessCode, RobotCode, RoleGroupId, RoleId, UnionId,
    UserId,
};
pub use retry::{Attempt, after_failure};
pub use token::{TokenAnswer, TokenRequest};
