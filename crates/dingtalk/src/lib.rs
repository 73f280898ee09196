#![doc = include_str!("../README.md")]

mod client;
mod codes;
mod config;
mod envelope;
mod error;
mod http;
mod ids;
mod lenient;
mod multipart;
mod retry;
mod sealed;
mod token;

pub mod auth;
pub mod contact;
pub mod events;
pub mod group;
pub mod media;
pub mod robot;
pub mod work_notice;
pub mod workflow;

pub use client::Client;
pub use config::{Config, Hosts};
pub use error::{Advice, Cause, Error};
pub use ids::{
    AgentId, ChatId, ConversationId, CorpId, DeptId, InstanceId, MediaId, NotAnId, ProcessCode, RobotCode,
    UnionId, UserId,
};
pub use retry::{Attempt, after_failure};
pub use token::{TokenAnswer, TokenRequest};
