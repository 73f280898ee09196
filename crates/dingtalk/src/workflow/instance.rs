//! An approval instance as it is read. Results are lower case on the instance and upper case on its tasks and records.

use serde::{Deserialize, Serialize};

use super::field::FormField;
use crate::{
    ids::{InstanceId, UserId},
    lenient,
    sealed::shows,
};

/// Where an instance stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum InstanceStatus {
    /// Just made.
    New,
    /// Somebody has to decide.
    Running,
    /// Withdrawn.
    Terminated,
    /// Decided.
    Completed,
    /// Withdrawn, in older answers.
    Canceled,
}

/// How an instance was decided, or how a task shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InstanceResult {
    /// Agreed.
    Agree,
    /// Refused.
    Refuse,
}

/// What an instance has to do with an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum BizAction {
    /// Nothing.
    #[default]
    None,
    /// It changes the earlier one.
    Modify,
    /// It was made anew after the earlier one was withdrawn.
    Revoke,
    /// Something newer than the page.
    #[serde(other)]
    Other,
}

/// A task of an approver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    /// Its number.
    #[serde(deserialize_with = "lenient::number")]
    pub task_id: i64,
    /// Whose it is.
    pub user_id: UserId,
    /// NEW, RUNNING, PAUSED, CANCELED, COMPLETED or TERMINATED.
    pub status: String,
    /// AGREE, REFUSE or REDIRECTED.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// Since when, e.g. `2026-08-22T10:00Z`.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub create_time: String,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finish_time: Option<String>,
    /// Its page on a phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile_url: Option<String>,
    /// Its page on a computer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pc_url: Option<String>,
    /// The instance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process_instance_id: Option<InstanceId>,
    /// The step of the flow.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub activity_id: String,
    /// The name of the group of approvers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_group_name: Option<String>,
}

/// A file of a comment or a decision.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Its name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub file_name: String,
    /// Bytes, as a text.
    #[serde(default, deserialize_with = "lenient::text")]
    pub file_size: String,
    /// Its id.
    #[serde(default, deserialize_with = "lenient::text")]
    pub file_id: String,
    /// `pdf`, `jpg`, …
    #[serde(default, deserialize_with = "lenient::text")]
    pub file_type: String,
    /// In which space it lies.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub space_id: String,
}

shows!(Attachment: file_id, file_type);

/// One line of an instance's history.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OperationRecord {
    /// Who.
    pub user_id: UserId,
    /// When, e.g. `2026-08-22T10:00Z`.
    #[serde(default)]
    pub date: String,
    /// What, e.g. `EXECUTE_TASK_NORMAL`, `APPEND_TASK_BEFORE`, `REDIRECT_TASK`, `TERMINATE_PROCESS_INSTANCE`, `PROCESS_CC`.
    #[serde(rename = "type")]
    pub kind: String,
    /// AGREE, REFUSE or NONE.
    #[serde(default)]
    pub result: String,
    /// What was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Files that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    pub attachments: Vec<Attachment>,
    /// Who got a copy.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    pub cc_user_ids: Vec<UserId>,
    /// The step of the flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<String>,
    /// The step's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_name: Option<String>,
    /// Addresses of pictures that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    pub images: Vec<String>,
}

shows!(OperationRecord: user_id, date, kind, result, activity_id);

/// An approval instance in full.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Instance {
    /// What the platform calls it.
    #[serde(default)]
    pub title: String,
    /// When it was made, e.g. `2026-08-22T10:00Z`.
    #[serde(default)]
    pub create_time: String,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finish_time: Option<String>,
    /// Who asked.
    pub originator_user_id: UserId,
    /// In which department; the root is `-1`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub originator_dept_id: String,
    /// Its name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub originator_dept_name: String,
    /// Where it stands.
    pub status: InstanceStatus,
    /// How it was decided; only when completed.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "result")]
    pub result: Option<InstanceResult>,
    /// The platform's number for people.
    #[serde(default)]
    pub business_id: String,
    /// Who decides; only of instances that were made by API.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    pub approver_user_ids: Vec<UserId>,
    /// Who gets a copy.
    #[serde(default, deserialize_with = "lenient::list")]
    pub cc_user_ids: Vec<UserId>,
    /// What it has to do with an earlier instance.
    #[serde(default)]
    pub biz_action: BizAction,
    /// What the app attached, as it attached it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub biz_data: Option<String>,
    /// Instances that belong to this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    pub attached_process_instance_ids: Vec<InstanceId>,
    /// The instance to which this one belongs.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub main_process_instance_id: String,
    /// The form.
    #[serde(default, deserialize_with = "lenient::list")]
    pub form_component_values: Vec<FormField>,
    /// Who has to decide.
    #[serde(default, deserialize_with = "lenient::list")]
    pub tasks: Vec<Task>,
    /// What has happened.
    #[serde(default, deserialize_with = "lenient::list")]
    pub operation_records: Vec<OperationRecord>,
}

shows!(Instance: business_id, status, result, tasks, operation_records);

impl Instance {
    /// The value of a control, by its label.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.form_component_values.iter().find(|field| field.name == name).map(|field| field.value.as_str())
    }

    /// The task that a person has to decide now.
    pub fn waiting_for(&self, person: &UserId) -> Option<&Task> {
        self.tasks.iter().find(|task| task.user_id == *person && task.status == "RUNNING")
    }
}

/// `GET /v1.0/workflow/processInstances`, answer. `success` is documented as a text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GetAnswer {
    /// The instance.
    pub result: Instance,
    /// `"true"`.
    #[serde(default, deserialize_with = "lenient::text_or_boolean")]
    pub success: String,
}

/// A running instance has an empty result.
fn result<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<InstanceResult>, D::Error> {
    match Option::<String>::deserialize(deserializer)?.as_deref() {
        None | Some("") => Ok(None),
        Some("agree") => Ok(Some(InstanceResult::Agree)),
        Some("refuse") => Ok(Some(InstanceResult::Refuse)),
        Some(_) => Err(serde::de::Error::custom("expected agree or refuse")),
    }
}
