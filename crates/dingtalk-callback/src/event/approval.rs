//! Approvals: `bpms_instance_change` and `bpms_task_change`.

use chrono::{DateTime, Utc};
use dingtalk::{InstanceId, ProcessCode, UserId};

use crate::fields::Fields;

/// What happened to an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceMove {
    /// It began.
    Started,
    /// It was decided.
    Finished(Decision),
    /// Its originator withdrew it. That is not a refusal.
    Terminated,
    /// It was deleted.
    Deleted,
}

/// How an instance was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// agree
    Agreed,
    /// refuse
    Refused,
}

/// `bpms_instance_change`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceChange {
    /// Which instance.
    pub instance: InstanceId,
    /// Of which form.
    pub process_code: Option<ProcessCode>,
    /// What happened.
    pub change: InstanceMove,
    /// Who made the instance.
    pub originator: Option<UserId>,
    /// The number that people see.
    pub business_id: Option<String>,
    /// When it began.
    pub created_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
}

impl InstanceChange {
    pub(super) fn read(fields: Fields<'_>) -> Option<Self> {
        let change = match (fields.text("type")?.as_str(), fields.text("result").as_deref()) {
            ("start", _) => InstanceMove::Started,
            ("finish", Some("agree")) => InstanceMove::Finished(Decision::Agreed),
            ("finish", Some("refuse")) => InstanceMove::Finished(Decision::Refused),
            ("terminate", _) => InstanceMove::Terminated,
            ("delete", _) => InstanceMove::Deleted,
            _ => return None,
        };
        Some(Self {
            instance: fields.parsed("processinstanceid")?,
            process_code: fields.parsed("processcode"),
            change,
            originator: fields.parsed("staffid"),
            business_id: fields.text("businessid"),
            created_at: fields.time("createtime"),
            finished_at: fields.time("finishtime"),
        })
    }

    /// An instance begins once and ends once.
    pub(super) fn key(&self) -> String {
        let what = match self.change {
            InstanceMove::Started => "start",
            InstanceMove::Finished(Decision::Agreed) => "agree",
            InstanceMove::Finished(Decision::Refused) => "refuse",
            InstanceMove::Terminated => "terminate",
            InstanceMove::Deleted => "delete",
        };
        format!("instance/{}/{what}", self.instance)
    }
}

/// `bpms_task_change`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskChange {
    /// Of which instance.
    pub instance: InstanceId,
    /// Which task.
    pub task: String,
    /// Whose task.
    pub holder: Option<UserId>,
    /// start; finish; cancel, when another's decision made it needless.
    pub change: String,
    /// agree, refuse, or redirect when it went to somebody else.
    pub result: Option<String>,
    /// Of which form.
    pub process_code: Option<ProcessCode>,
    /// When the task began.
    pub created_at: Option<DateTime<Utc>>,
    /// When the task ended.
    pub finished_at: Option<DateTime<Utc>>,
}

impl TaskChange {
    pub(super) fn read(fields: Fields<'_>) -> Option<Self> {
        Some(Self {
            instance: fields.parsed("processinstanceid")?,
            task: fields.text("taskid")?,
            holder: fields.parsed("staffid"),
            change: fields.text("type")?,
            result: fields.text("result"),
            process_code: fields.parsed("processcode"),
            created_at: fields.time("createtime"),
            finished_at: fields.time("finishtime"),
        })
    }

    pub(super) fn key(&self) -> String {
        format!(
            "task/{}/{}/{}/{}",
            self.instance,
            self.task,
            self.change,
            self.result.as_deref().unwrap_or("-")
        )
    }
}
