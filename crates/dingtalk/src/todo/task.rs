//! A to-do, new and as the platform keeps it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::parts::{Action, ContentField, DetailUrl, NotifyConfigs, Priority, TodoType};
use crate::{
    error::Error,
    ids::{TodoId, UnionId},
    lenient,
    sealed::shows,
};

/// The most people of one to-do when it is made (advised), and when it is changed (refused beyond).
pub const MOST_EXECUTORS: usize = 100;
const MOST_CHANGED: usize = 1000;

/// `POST /v1.0/todo/users/{unionId}/tasks`, request.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewTodo {
    /// The app's id: a second to-do with the same is refused, so that it can be sent again.
    pub source_id: String,
    /// At most 1024 characters.
    pub subject: String,
    /// Who makes it; the same as in the address.
    pub creator_id: UnionId,
    /// At most 4096 characters; not shown on a to-do of an app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Until when, milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_time: Option<i64>,
    /// Who has to do it, at most 100.
    pub executor_ids: Vec<UnionId>,
    /// Who looks on, at most 100.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participant_ids: Vec<UnionId>,
    /// Where it leads; required since 2024.
    pub detail_url: DetailUrl,
    /// Lines on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content_field_list: Vec<ContentField>,
    /// Only those who have to do it see it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_only_show_executor: bool,
    /// How urgent it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// How people are told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notify_configs: Option<NotifyConfigs>,
    /// Buttons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub action_list: Vec<Action>,
    /// Something to do when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub todo_type: Option<TodoType>,
    /// When people are reminded, milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder_time_stamp: Option<i64>,
    /// How they are reminded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_notify_configs: Option<NotifyConfigs>,
}

shows!(NewTodo: source_id, due_time, executor_ids);

/// A to-do as the platform keeps it. Fields that repeat the request are left out.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Todo {
    /// Its id.
    pub id: TodoId,
    /// What is to be done.
    #[serde(default, deserialize_with = "lenient::text")]
    pub subject: String,
    /// Whether it is done.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub done: bool,
    /// The app's id.
    #[serde(default, deserialize_with = "lenient::text")]
    pub source_id: String,
    /// Who has to do it.
    #[serde(default, deserialize_with = "lenient::list")]
    pub executor_ids: Vec<UnionId>,
    /// Made, milliseconds.
    #[serde(default, deserialize_with = "lenient::optional_number")]
    pub created_time: Option<i64>,
    /// Changed, milliseconds.
    #[serde(default, deserialize_with = "lenient::optional_number")]
    pub modified_time: Option<i64>,
    /// The platform's mark of the app.
    #[serde(default, deserialize_with = "lenient::text")]
    pub biz_tag: String,
}

shows!(Todo: id, done, source_id);

/// `PUT /v1.0/todo/users/{unionId}/tasks/{taskId}`, request. What is absent stays.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TodoChange {
    /// At most 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// At most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_time: Option<i64>,
    /// Ticked off, for everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    /// At most 1000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executor_ids: Option<Vec<UnionId>>,
    /// At most 1000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participant_ids: Option<Vec<UnionId>>,
    /// Lines on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_field_list: Option<Vec<ContentField>>,
}

shows!(TodoChange: due_time, done);

/// `PUT …/executorStatus`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExecutorStatusList {
    /// At most 1000.
    pub executor_status_list: Vec<ExecutorStatus>,
}

/// Whether one person has done their part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExecutorStatus {
    /// Who.
    pub id: UnionId,
    /// Done or not.
    pub is_done: bool,
}

impl NewTodo {
    /// A to-do that leads to one page on every device.
    pub fn new(
        source_id: &str,
        creator: UnionId,
        executors: Vec<UnionId>,
        subject: &str,
        page: &str,
    ) -> Self {
        Self {
            source_id: source_id.to_owned(),
            subject: subject.to_owned(),
            creator_id: creator,
            description: None,
            due_time: None,
            executor_ids: executors,
            participant_ids: Vec::new(),
            detail_url: DetailUrl { app_url: page.to_owned(), pc_url: page.to_owned() },
            content_field_list: Vec::new(),
            is_only_show_executor: false,
            priority: None,
            notify_configs: None,
            action_list: Vec::new(),
            todo_type: None,
            reminder_time_stamp: None,
            remind_notify_configs: None,
        }
    }

    /// Until when it is to be done; it travels as milliseconds.
    #[must_use]
    pub fn due(self, at: DateTime<Utc>) -> Self {
        Self { due_time: Some(at.timestamp_millis()), ..self }
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        let DetailUrl { app_url, pc_url } = &self.detail_url;
        let wrong = if self.source_id.is_empty() {
            "a to-do has the app's own id, or it could come twice"
        } else if app_url.is_empty() || app_url.len().max(pc_url.len()) > 1024 {
            "a to-do leads to an address of 1 to 1024 bytes"
        } else if self.executor_ids.is_empty() || self.executor_ids.len() > MOST_EXECUTORS {
            "a to-do has 1 to 100 executors"
        } else if self.participant_ids.len() > MOST_EXECUTORS {
            "a to-do has at most 100 participants"
        } else {
            return texts(Some(&self.subject), self.description.as_ref(), &self.content_field_list);
        };
        Err(Error::NotSent(wrong))
    }
}

impl TodoChange {
    /// Ticks a to-do off for everybody.
    pub fn done() -> Self {
        Self { done: Some(true), ..Self::default() }
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        let people = [&self.executor_ids, &self.participant_ids];
        if people.into_iter().flatten().any(|ids| ids.len() > MOST_CHANGED) {
            return Err(Error::NotSent("a to-do has at most 1000 executors and participants"));
        }
        let fields = self.content_field_list.as_deref().unwrap_or_default();
        texts(self.subject.as_ref(), self.description.as_ref(), fields)
    }
}

impl ExecutorStatusList {
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.executor_status_list.is_empty() || self.executor_status_list.len() > MOST_CHANGED {
            return Err(Error::NotSent("the status of 1 to 1000 executors is changed at once"));
        }
        Ok(())
    }
}

fn texts(
    subject: Option<&String>,
    description: Option<&String>,
    fields: &[ContentField],
) -> Result<(), Error> {
    let long = |text: Option<&String>, most| text.is_some_and(|text| text.chars().count() > most);
    if subject.is_some_and(String::is_empty) || long(subject, 1024) {
        Err(Error::NotSent("the subject of a to-do has 1 to 1024 characters"))
    } else if long(description, 4096) {
        Err(Error::NotSent("the description of a to-do has at most 4096 characters"))
    } else if fields.iter().any(|field| field.field_key.len().max(field.field_value.len()) > 1024) {
        Err(Error::NotSent("a line of a to-do has at most 1024 bytes on each side"))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_to_do_beyond_its_limits_is_not_sent() {
        let person: UnionId = "Uvol77".parse().unwrap();
        let todo = |source: &str, people: usize, subject: &str, page: &str| {
            NewTodo::new(source, person.clone(), vec![person.clone(); people], subject, page).check()
        };
        assert!(todo("visit-1", 1, "走访", "https://h5.example.gov.cn/1").is_ok());
        assert!(todo("", 1, "走访", "https://h5.example.gov.cn/1").is_err());
        assert!(todo("visit-1", 0, "走访", "https://h5.example.gov.cn/1").is_err());
        assert!(todo("visit-1", 101, "走访", "https://h5.example.gov.cn/1").is_err());
        assert!(todo("visit-1", 1, "", "https://h5.example.gov.cn/1").is_err());
        assert!(todo("visit-1", 1, &"长".repeat(1025), "https://h5.example.gov.cn/1").is_err());
        assert!(todo("visit-1", 1, "走访", "").is_err());
        assert!(todo("visit-1", 1, "走访", &"x".repeat(1025)).is_err());
    }
}
