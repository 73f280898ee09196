//! An approval instance. Results are lower case on the instance and upper case on its tasks and records.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{AgentId, DeptId, ProcessCode, UserId},
    lenient,
    sealed::shows,
};

/// One filled-in control of the form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// The control's label; that is how the platform finds it.
    pub name: String,
    /// The value as text, at most 65,535 characters.
    #[serde(default, deserialize_with = "lenient::text")]
    pub value: String,
}

shows!(FormField: name);

/// `POST /v1.0/workflow/processInstances`, request. Approvers come from the template.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewInstance {
    /// Which form.
    pub process_code: ProcessCode,
    /// Who asks.
    pub originator_user_id: UserId,
    /// In which department; the root is written as -1.
    pub dept_id: DeptId,
    /// The app that asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub microapp_agent_id: Option<AgentId>,
    /// At most 150.
    pub form_component_values: Vec<FormField>,
}

shows!(NewInstance: process_code, originator_user_id, dept_id);

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

/// How an instance was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InstanceResult {
    /// Agreed.
    Agree,
    /// Refused.
    Refuse,
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
}

/// One line of an instance's history.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OperationRecord {
    /// Who.
    pub user_id: UserId,
    /// When, e.g. `2026-08-22T10:00Z`.
    #[serde(default)]
    pub date: String,
    /// What, e.g. `EXECUTE_TASK_NORMAL`, `TERMINATE_PROCESS_INSTANCE`.
    #[serde(rename = "type")]
    pub kind: String,
    /// AGREE, REFUSE or NONE.
    #[serde(default)]
    pub result: String,
    /// What was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

shows!(OperationRecord: user_id, date, kind, result);

/// An approval instance in full.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Instance {
    /// What the platform calls it.
    #[serde(default)]
    pub title: String,
    /// When it was made.
    #[serde(default)]
    pub create_time: String,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finish_time: Option<String>,
    /// Who asked.
    pub originator_user_id: UserId,
    /// Where it stands.
    pub status: InstanceStatus,
    /// How it was decided; only when completed.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "result")]
    pub result: Option<InstanceResult>,
    /// The platform's number for people.
    #[serde(default)]
    pub business_id: String,
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
