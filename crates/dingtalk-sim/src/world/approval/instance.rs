//! What an instance is: its form, its tasks, its record.

use chrono::{DateTime, Utc};
use dingtalk::workflow::Files;
use serde::{Deserialize, Serialize};

use crate::config::{CcAt, Node, NodeMode};
use crate::world::{FormValue, Refusal};

/// An approval: what was filled in, and how far it has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Instance {
    /// `processInstanceId`.
    pub id: String,
    /// The template it was made from.
    pub process_code: String,
    /// 审批编号, which people read.
    pub business_id: String,
    /// Whose, and of which kind.
    pub title: String,
    /// Userid of whoever began it.
    pub originator: String,
    /// The originator's department, for which it is.
    pub department: i64,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// How far it has come.
    pub status: InstanceStatus,
    /// What was decided, once it is.
    pub result: Option<InstanceResult>,
    /// What was filled in.
    pub form: Vec<FormValue>,
    /// Who is asked and who was, in the order of their being asked.
    pub tasks: Vec<Task>,
    /// Its history, oldest first.
    pub records: Vec<Record>,
    /// Who gets a copy, and has got it where a record says so.
    #[serde(default)]
    pub cc: Vec<String>,
    #[serde(default)]
    pub(crate) cc_at: CcAt,
    pub(crate) route: Vec<Node>,
    pub(crate) node: usize,
    #[serde(default)]
    pub(crate) askings: Vec<Asking>,
    pub(crate) withdrawable: bool,
}

/// Several people asked together: a step of the flow, or people whom an approver added.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Asking {
    pub(super) name: String,
    pub(super) activity: String,
    pub(super) mode: NodeMode,
    /// Whose turn has not come.
    pub(super) queue: Vec<String>,
    /// The task that waits for these people; none for a step of the flow.
    pub(super) resumes: Option<i64>,
    /// Who is asked afterwards.
    pub(super) then: Vec<Node>,
}

/// How far an approval has come.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
pub enum InstanceStatus {
    /// Somebody is asked.
    Running,
    /// It was taken back.
    Terminated,
    /// It was decided.
    Completed,
}

/// What was decided.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum InstanceResult {
    /// Everybody who had to has agreed.
    Agree,
    /// Somebody has refused.
    Refuse,
}

impl InstanceResult {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Refuse => "refuse",
        }
    }
}

/// One person, asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Task {
    /// `taskId`.
    pub id: i64,
    /// Who is asked.
    pub userid: String,
    /// How far it has come.
    pub status: TaskStatus,
    /// What they did, once they have.
    pub outcome: Option<TaskOutcome>,
    /// What they said with it.
    pub remark: Option<String>,
    /// The name of the step.
    pub node: String,
    /// Its id.
    pub activity: String,
    /// When they were asked.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    pub(crate) asking: usize,
}

/// How far a task has come.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
pub enum TaskStatus {
    /// It waits for a decision.
    Running,
    /// Waits for people who were asked to decide before.
    Paused,
    /// It was decided.
    Completed,
    /// Others have decided, or the instance was taken back.
    Canceled,
}

/// What became of a task.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum TaskOutcome {
    /// They agreed.
    Agree,
    /// They refused.
    Refuse,
    /// Somebody else's now.
    Redirected,
}

impl From<InstanceResult> for TaskOutcome {
    fn from(result: InstanceResult) -> Self {
        match result {
            InstanceResult::Agree => Self::Agree,
            InstanceResult::Refuse => Self::Refuse,
        }
    }
}

impl TaskOutcome {
    /// As an event writes it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Refuse => "refuse",
            Self::Redirected => "redirect",
        }
    }

    /// As the detail of an instance writes it.
    pub(crate) fn loud(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Refuse => "REFUSE",
            Self::Redirected => "REDIRECTED",
        }
    }
}

/// A line of the instance's history; `kind` is the platform's word.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// Who did it.
    pub userid: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What was done, e.g. `START_PROCESS_INSTANCE`.
    pub kind: String,
    /// What was decided by it.
    pub result: Option<InstanceResult>,
    /// What was said with it.
    pub remark: Option<String>,
    /// Pictures and files that came with it.
    #[serde(default)]
    pub files: Files,
    /// Who got a copy, or was added.
    #[serde(default)]
    pub others: Vec<String>,
    /// The step: its id and its name.
    #[serde(default)]
    pub step: Option<(String, String)>,
}

impl Instance {
    pub(crate) fn comment(&mut self, userid: &str, text: String, files: Files, now: DateTime<Utc>) {
        self.records.push(Record { remark: Some(text), files, ..Record::plain(userid, "ADD_REMARK", now) });
    }

    /// Whether somebody is asked to decide now.
    pub fn waits_for(&self, userid: &str) -> bool {
        self.waiting_task(userid).is_some()
    }

    /// What somebody is asked to decide now.
    pub fn waiting_task(&self, userid: &str) -> Option<&Task> {
        self.tasks.iter().find(|task| task.userid == userid && task.status == TaskStatus::Running)
    }

    /// Whether somebody started it, was ever asked, or got a copy.
    pub fn concerns(&self, userid: &str) -> bool {
        let copied = || {
            let copies = self.records.iter().filter(|record| record.kind == "PROCESS_CC");
            copies.flat_map(|record| &record.others).any(|one| one == userid)
        };
        self.originator == userid || self.tasks.iter().any(|task| task.userid == userid) || copied()
    }

    /// The files in its form; with those of its comments, if they are to be found too.
    pub(crate) fn files(&self, with_comments: bool) -> Vec<String> {
        let listed = |value: &FormValue| serde_json::from_str::<Vec<serde_json::Value>>(&value.value).ok();
        let form = self.form.iter().filter_map(listed).flatten();
        let mut ids: Vec<String> =
            form.filter_map(|file| file.get("fileId")?.as_str().map(str::to_owned)).collect();
        if with_comments {
            let files = self.records.iter().flat_map(|record| &record.files.attachments);
            ids.extend(files.map(|file| file.file_id.clone()));
        }
        ids
    }

    pub(super) fn must_run(&self) -> Result<(), Refusal> {
        match self.status {
            InstanceStatus::Running => Ok(()),
            InstanceStatus::Terminated | InstanceStatus::Completed => {
                Err(Refusal::InstanceStatus("it has already ended".to_owned()))
            }
        }
    }

    pub(super) fn boxed(&self) -> Box<Self> {
        Box::new(self.clone())
    }
}

impl Record {
    pub(super) fn plain(userid: &str, kind: &str, at: DateTime<Utc>) -> Self {
        Self {
            userid: userid.to_owned(),
            at,
            kind: kind.to_owned(),
            result: None,
            remark: None,
            files: Files::default(),
            others: Vec::new(),
            step: None,
        }
    }
}
