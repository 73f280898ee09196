//! Looking for to-dos.

use serde::{Deserialize, Serialize};

use super::parts::{DetailUrl, TodoType};
use crate::{
    ids::{TodoId, UnionId},
    lenient,
    sealed::shows,
};

/// What somebody is to a to-do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Has to do it.
    Executor,
    /// Made it.
    Creator,
    /// Looks on.
    Participant,
}

/// `POST /v1.0/todo/users/{unionId}/org/tasks/query`, request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TodoQuery {
    /// Where the last page ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// Done, or not done; done ones are found for 180 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_done: Option<bool>,
    /// The outer list is "or", the inner one "and".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub role_types: Vec<Vec<Role>>,
    /// To do or to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub todo_type: Option<TodoType>,
}

/// `POST /v1.0/todo/users/{unionId}/org/tasks/query`, answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TodoPage {
    /// Where it goes on; absent or null at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// To-dos of this page.
    #[serde(default, deserialize_with = "lenient::list")]
    pub todo_cards: Vec<TodoCard>,
}

/// A to-do in a list.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TodoCard {
    /// Its id.
    pub task_id: TodoId,
    /// What is to be done.
    #[serde(default, deserialize_with = "lenient::text")]
    pub subject: String,
    /// Until when, milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub due_time: Option<i64>,
    /// Where it leads.
    #[serde(default)]
    pub detail_url: DetailUrl,
    /// 10, 20, 30 or 40.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub priority: Option<i64>,
    /// Made, milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub created_time: Option<i64>,
    /// Changed, milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub modified_time: Option<i64>,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator_id: Option<UnionId>,
    /// The app's id.
    #[serde(default, deserialize_with = "lenient::text")]
    pub source_id: String,
    /// The platform's mark of the app.
    #[serde(default, deserialize_with = "lenient::text")]
    pub biz_tag: String,
    /// Whether it is done.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub is_done: bool,
    /// To do or to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub todo_type: Option<TodoType>,
}

shows!(TodoCard: task_id, source_id, is_done);
