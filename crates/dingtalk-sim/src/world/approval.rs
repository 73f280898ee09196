//! One approval instance: its tasks, its record, and the three ways it ends.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::config::{Node, NodeMode};
use crate::world::{FormValue, Happening, Ids, Refusal, TaskMove};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Instance {
    pub id: String,
    pub process_code: String,
    pub business_id: String,
    pub title: String,
    pub originator: String,
    pub department: i64,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub status: InstanceStatus,
    pub result: Option<InstanceResult>,
    pub form: Vec<FormValue>,
    pub tasks: Vec<Task>,
    pub records: Vec<Record>,
    pub(crate) route: Vec<Node>,
    pub(crate) node: usize,
    pub(crate) withdrawable: bool,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
pub enum InstanceStatus {
    Running,
    Terminated,
    Completed,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum InstanceResult {
    Agree,
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

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Task {
    pub id: i64,
    pub userid: String,
    pub status: TaskStatus,
    pub result: Option<InstanceResult>,
    pub remark: Option<String>,
    pub node: String,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
pub enum TaskStatus {
    Running,
    Completed,
    Canceled,
}

/// A line of the instance's history; `kind` is the platform's word.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    pub userid: String,
    pub at: DateTime<Utc>,
    pub kind: String,
    pub result: Option<InstanceResult>,
    pub remark: Option<String>,
}

/// What an approver decides.
#[derive(Clone, Debug)]
pub(crate) struct Decision<'a> {
    pub(crate) userid: &'a str,
    pub(crate) result: InstanceResult,
    pub(crate) remark: Option<String>,
}

impl Instance {
    /// What happens at birth: the instance starts, then the first approvers get their tasks.
    pub(crate) fn start(&mut self, ids: &mut Ids, now: DateTime<Utc>) -> Vec<Happening> {
        let originator = self.originator.clone();
        self.record(&originator, "START_PROCESS_INSTANCE", None, None, now);
        let mut happened = vec![Happening::InstanceChanged(Box::new(self.clone()))];
        happened.extend(self.open_node(ids, now));
        happened
    }

    pub(crate) fn decide(
        &mut self,
        decision: Decision<'_>,
        ids: &mut Ids,
        now: DateTime<Utc>,
    ) -> Result<Vec<Happening>, Refusal> {
        self.must_run()?;
        let Decision { userid, result, remark } = decision;
        let task = self
            .tasks
            .iter_mut()
            .find(|task| task.userid == userid && task.status == TaskStatus::Running)
            .ok_or_else(|| Refusal::InstanceStatus(format!("{userid} has no running task here")))?;
        task.status = TaskStatus::Completed;
        task.result = Some(result);
        task.remark.clone_from(&remark);
        task.finished_at = Some(now);
        let task = task.clone();
        self.record(userid, "EXECUTE_TASK_NORMAL", Some(result), remark, now);
        let mut happened =
            vec![Happening::TaskChanged { instance: self.boxed(), task, change: TaskMove::Finish }];
        let everybody_must = self.route.get(self.node).is_some_and(|node| node.mode == NodeMode::All);
        let others_wait = self.tasks.iter().any(|task| task.status == TaskStatus::Running);
        match result {
            InstanceResult::Agree if everybody_must && others_wait => {}
            InstanceResult::Agree => {
                happened.extend(self.cancel_tasks(now));
                self.node += 1;
                if self.node < self.route.len() {
                    happened.extend(self.open_node(ids, now));
                } else {
                    happened.push(self.finish(InstanceResult::Agree, now));
                }
            }
            InstanceResult::Refuse => {
                happened.extend(self.cancel_tasks(now));
                happened.push(self.finish(InstanceResult::Refuse, now));
            }
        }
        Ok(happened)
    }

    /// 撤回: `by` is the originator, or nobody when the app itself withdraws as the system.
    pub(crate) fn withdraw(
        &mut self,
        by: Option<&str>,
        remark: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Happening>, Refusal> {
        self.must_run()?;
        if !self.withdrawable {
            return Err(Refusal::InstanceStatus("the template does not allow withdrawal".to_owned()));
        }
        if let Some(userid) = by.filter(|userid| *userid != self.originator) {
            return Err(Refusal::InstanceStatus(format!("{userid} is not the originator")));
        }
        let by = by.unwrap_or(&self.originator).to_owned();
        self.record(&by, "TERMINATE_PROCESS_INSTANCE", None, remark, now);
        let mut happened = self.cancel_tasks(now);
        self.status = InstanceStatus::Terminated;
        self.finished_at = Some(now);
        happened.push(Happening::InstanceChanged(self.boxed()));
        Ok(happened)
    }

    pub(crate) fn comment(&mut self, userid: &str, text: String, now: DateTime<Utc>) {
        self.record(userid, "ADD_REMARK", None, Some(text), now);
    }

    /// Whether somebody is asked to decide now.
    pub fn waits_for(&self, userid: &str) -> bool {
        self.tasks.iter().any(|task| task.userid == userid && task.status == TaskStatus::Running)
    }

    /// Whether somebody started it or was ever asked.
    pub fn concerns(&self, userid: &str) -> bool {
        self.originator == userid || self.tasks.iter().any(|task| task.userid == userid)
    }

    fn open_node(&mut self, ids: &mut Ids, now: DateTime<Utc>) -> Vec<Happening> {
        let Some(node) = self.route.get(self.node).cloned() else { return Vec::new() };
        let tasks: Vec<Task> = node
            .approvers
            .iter()
            .map(|userid| Task {
                id: ids.number(),
                userid: userid.clone(),
                status: TaskStatus::Running,
                result: None,
                remark: None,
                node: node.name.clone(),
                created_at: now,
                finished_at: None,
            })
            .collect();
        self.tasks.extend(tasks.clone());
        let told = |task| Happening::TaskChanged { instance: self.boxed(), task, change: TaskMove::Start };
        tasks.into_iter().map(told).collect()
    }

    fn cancel_tasks(&mut self, now: DateTime<Utc>) -> Vec<Happening> {
        let mut cancelled = Vec::new();
        for task in self.tasks.iter_mut().filter(|task| task.status == TaskStatus::Running) {
            task.status = TaskStatus::Canceled;
            task.finished_at = Some(now);
            cancelled.push(task.clone());
        }
        let told = |task| Happening::TaskChanged { instance: self.boxed(), task, change: TaskMove::Cancel };
        cancelled.into_iter().map(told).collect()
    }

    fn finish(&mut self, result: InstanceResult, now: DateTime<Utc>) -> Happening {
        self.status = InstanceStatus::Completed;
        self.result = Some(result);
        self.finished_at = Some(now);
        Happening::InstanceChanged(self.boxed())
    }

    fn must_run(&self) -> Result<(), Refusal> {
        match self.status {
            InstanceStatus::Running => Ok(()),
            InstanceStatus::Terminated | InstanceStatus::Completed => {
                Err(Refusal::InstanceStatus("it has already ended".to_owned()))
            }
        }
    }

    fn record(
        &mut self,
        userid: &str,
        kind: &str,
        result: Option<InstanceResult>,
        remark: Option<String>,
        at: DateTime<Utc>,
    ) {
        let (userid, kind) = (userid.to_owned(), kind.to_owned());
        self.records.push(Record { userid, at, kind, result, remark });
    }

    fn boxed(&self) -> Box<Self> {
        Box::new(self.clone())
    }
}
