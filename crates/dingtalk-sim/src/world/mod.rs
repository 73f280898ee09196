//! The tenant as plain state: what the platform knows, and what can happen to it, in its own words.
//! No HTTP, no waiting; `now` is an argument, and events are left for the pusher to take.

mod tenancy;

mod approvals;
mod ding;
mod group_talk;
mod groups;
mod notices;
mod people;
mod talk;

mod approval;
mod chat;
mod credentials;
mod event;
mod form;
mod group;
mod ids;
mod instance_query;
mod media;
mod message;
mod notice;
mod quota;
mod refusal;

pub(crate) use approval::Decision;
pub use approval::{Instance, InstanceResult, InstanceStatus, Record, Task, TaskStatus};
pub(crate) use approvals::NewInstance;
pub(crate) use chat::{Chat, Received, render};
pub use chat::{Line, Speaker};
pub(crate) use credentials::Token;
pub(crate) use ding::{Ding, Ring};
pub use event::Event;
pub(crate) use event::{Happening, TaskMove};
pub use form::FormValue;
pub use group::{Group, GroupLine, GroupSpeaker};
pub(crate) use group_talk::{Mentions, WebhookCall};
pub(crate) use groups::{GroupChange, Groups, NewGroup};
pub(crate) use ids::Ids;
pub(crate) use instance_query::{InstancePage, InstanceQuery};
pub(crate) use media::MediaStore;
pub use message::{Button, FeedItem, Form, Message};
pub(crate) use notice::Notice;
pub(crate) use notices::{Addressed, NoticeLimits};
pub(crate) use people::{Department, Directory, Person, PersonChange, ROOT};
pub use quota::Quota;
pub use refusal::Refusal;
pub(crate) use talk::Place;
pub(crate) use tenancy::Tenancy;
