//! The tenant as plain state: what the platform knows, and what can happen to it, in its own words.
//! No HTTP, no waiting; `now` is an argument, and events are left for the pusher to take.

mod tenancy;

mod approvals;
mod begin;
mod ding;
mod group_talk;
mod groups;
mod notices;
mod org_chart;
mod robot_news;
mod role_edits;
mod sign_in;
mod staff;
mod talk;

mod approval;
mod chat;
mod credentials;
mod departments;
mod directory;
mod directory_news;
mod event;
mod form;
mod group;
mod ids;
mod instance_query;
mod media;
mod message;
mod notice;
mod office;
mod people;
mod quota;
mod refusal;
mod roles;
mod throttle;

pub(crate) use approval::{AddedPlace, AddedSign, Decision};
pub use approval::{Instance, InstanceResult, InstanceStatus, Record, Task, TaskOutcome, TaskStatus};
pub(crate) use begin::{NewInstance, actor_key};
pub(crate) use chat::{Chat, Received, render};
pub use chat::{Line, Speaker};
pub(crate) use credentials::{PersonToken, Token};
pub(crate) use departments::{Department, DepartmentChange, ROOT};
pub(crate) use ding::{Ding, Ring};
pub(crate) use directory::Directory;
pub(crate) use directory_news::DirectoryNews;
pub use event::Event;
pub(crate) use event::{Happening, TaskMove};
pub use form::FormValue;
pub(crate) use form::{Known, NewTemplate, check as form_check};
pub use group::{Group, GroupLine, GroupSpeaker};
pub(crate) use group_talk::{Mentions, WebhookCall};
pub(crate) use groups::{GroupChange, Groups, NewGroup};
pub(crate) use ids::Ids;
pub(crate) use instance_query::{InstancePage, InstanceQuery};
pub(crate) use media::MediaStore;
pub use message::{Button, FeedItem, Form, Message};
pub(crate) use notice::Notice;
pub(crate) use notices::{Addressed, NoticeLimits};
pub(crate) use office::{
    APPROVAL_SPACE, Card, CardPlaces, CardPress, CardRoute, Office, TodoChange, TodoFilter,
};
pub use office::{CalendarDay, CardFace, CheckIn, FaceButton, Guest, Todo};
pub(crate) use people::{Entry, Person, PersonChange};
pub use quota::Quota;
pub use refusal::Refusal;
pub(crate) use roles::{BUILT_IN, Role, Roles};
pub(crate) use staff::NewPerson;
pub(crate) use talk::Place;
pub(crate) use tenancy::Tenancy;
pub(crate) use throttle::Throttle;
