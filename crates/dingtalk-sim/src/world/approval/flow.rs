//! How an instance goes on: it starts, people decide, it ends in one of three ways.

use chrono::{DateTime, Utc};
use dingtalk::workflow::Files;

use super::instance::{Asking, Instance, InstanceResult, InstanceStatus, Record, Task, TaskStatus};
use crate::config::{CcAt, Node, NodeMode};
use crate::world::{Happening, Ids, Refusal, TaskMove};

/// What an approver decides.
#[derive(Clone, Debug)]
pub(crate) struct Decision<'a> {
    pub(crate) userid: &'a str,
    /// Which of their tasks; the one that runs when absent.
    pub(crate) task: Option<i64>,
    pub(crate) result: InstanceResult,
    pub(crate) remark: Option<String>,
    pub(crate) files: Files,
}

impl Instance {
    /// What happens at birth: the instance starts, then the first approvers get their tasks.
    pub(crate) fn start(&mut self, ids: &mut Ids, now: DateTime<Utc>) -> Vec<Happening> {
        let start = Record::plain(&self.originator, "START_PROCESS_INSTANCE", now);
        self.records.push(start);
        let mut happened = vec![Happening::InstanceChanged(self.boxed())];
        if matches!(self.cc_at, CcAt::Start | CcAt::Both) {
            self.copy(now);
        }
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
        let Decision { userid, task: wanted, result, remark, files } = decision;
        let mine = |task: &&mut Task| task.userid == userid && wanted.is_none_or(|id| task.id == id);
        let mut tasks = self.tasks.iter_mut().filter(mine);
        let task = tasks
            .find(|task| task.status == TaskStatus::Running)
            .ok_or_else(|| Refusal::InstanceStatus(format!("{userid} has no running task here")))?;
        task.status = TaskStatus::Completed;
        task.outcome = Some(result.into());
        task.remark.clone_from(&remark);
        task.finished_at = Some(now);
        let task = task.clone();
        self.records.push(Record {
            result: Some(result),
            remark,
            files,
            step: Some((task.activity.clone(), task.node.clone())),
            ..Record::plain(userid, "EXECUTE_TASK_NORMAL", now)
        });
        let asking = task.asking;
        let mut happened =
            vec![Happening::TaskChanged { instance: self.boxed(), task, change: TaskMove::Finish }];
        match result {
            InstanceResult::Agree => happened.extend(self.go_on(asking, ids, now)),
            InstanceResult::Refuse => {
                happened.extend(self.cancel(|_task| true, now));
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
        self.records.push(Record { remark, ..Record::plain(&by, "TERMINATE_PROCESS_INSTANCE", now) });
        let mut happened = self.cancel(|_task| true, now);
        self.status = InstanceStatus::Terminated;
        self.finished_at = Some(now);
        happened.push(Happening::InstanceChanged(self.boxed()));
        Ok(happened)
    }

    /// The next step of the flow; a step with nobody in it agrees by itself.
    fn open_node(&mut self, ids: &mut Ids, now: DateTime<Utc>) -> Vec<Happening> {
        while let Some(node) = self.route.get(self.node).cloned() {
            if !node.approvers.is_empty() {
                let activity = format!("node-{}", self.node + 1);
                return self.ask(node, activity, (None, Vec::new()), ids, now);
            }
            self.node += 1;
        }
        vec![self.finish(InstanceResult::Agree, now)]
    }

    /// Asks several people together: at once, or the first of them.
    pub(super) fn ask(
        &mut self,
        node: Node,
        activity: String,
        (resumes, then): (Option<i64>, Vec<Node>),
        ids: &mut Ids,
        now: DateTime<Utc>,
    ) -> Vec<Happening> {
        let Node { name, mut approvers, mode, .. } = node;
        let at_once = if mode == NodeMode::OneByOne { 1 } else { approvers.len() };
        let queue = approvers.split_off(at_once.min(approvers.len()));
        self.askings.push(Asking { name, activity, mode, queue, resumes, then });
        let asking = self.askings.len() - 1;
        approvers.into_iter().filter_map(|userid| self.give(asking, userid, ids, now)).collect()
    }

    /// A task for one more person of an asking.
    pub(super) fn give(
        &mut self,
        asking: usize,
        userid: String,
        ids: &mut Ids,
        now: DateTime<Utc>,
    ) -> Option<Happening> {
        let Asking { name, activity, .. } = self.askings.get(asking)?;
        let task = Task {
            id: ids.number(),
            userid,
            status: TaskStatus::Running,
            outcome: None,
            remark: None,
            node: name.clone(),
            activity: activity.clone(),
            created_at: now,
            finished_at: None,
            asking,
        };
        self.tasks.push(task.clone());
        Some(Happening::TaskChanged { instance: self.boxed(), task, change: TaskMove::Start })
    }

    /// Somebody agreed: is their asking at its end, and what comes then?
    fn go_on(&mut self, number: usize, ids: &mut Ids, now: DateTime<Utc>) -> Vec<Happening> {
        let others = self.tasks.iter().any(|task| task.asking == number && is_open(task.status));
        let Some(asking) = self.askings.get_mut(number) else { return Vec::new() };
        if !asking.queue.is_empty() {
            let next = asking.queue.remove(0);
            return self.give(number, next, ids, now).into_iter().collect();
        }
        if asking.mode == NodeMode::All && others {
            return Vec::new();
        }
        let (resumes, mut then) = (asking.resumes, std::mem::take(&mut asking.then));
        let below = self.below(number);
        let mut happened = self.cancel(|task| below.contains(&task.asking), now);
        if !then.is_empty() {
            let next = then.remove(0);
            let activity = ids.word(9);
            happened.extend(self.ask(next, activity, (resumes, then), ids, now));
        } else if let Some(waiting) = resumes {
            // Its holder was told of it when it began; the platform names no event for its going on.
            for task in self.tasks.iter_mut().filter(|task| task.id == waiting) {
                task.status = TaskStatus::Running;
            }
        } else {
            self.node += 1;
            happened.extend(self.open_node(ids, now));
        }
        happened
    }

    /// An asking, and those for which its tasks wait.
    fn below(&self, number: usize) -> Vec<usize> {
        let mut found = vec![number];
        // An asking is always younger than the task that waits for it.
        for (index, asking) in self.askings.iter().enumerate().skip(number + 1) {
            let waits = |id| self.tasks.iter().any(|task| task.id == id && found.contains(&task.asking));
            if asking.resumes.is_some_and(waits) {
                found.push(index);
            }
        }
        found
    }

    fn cancel(&mut self, which: impl Fn(&Task) -> bool, now: DateTime<Utc>) -> Vec<Happening> {
        let mut cancelled = Vec::new();
        for task in self.tasks.iter_mut().filter(|task| is_open(task.status) && which(task)) {
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
        if matches!(self.cc_at, CcAt::Finish | CcAt::Both) {
            self.copy(now);
        }
        Happening::InstanceChanged(self.boxed())
    }

    fn copy(&mut self, now: DateTime<Utc>) {
        if !self.cc.is_empty() {
            let others = self.cc.clone();
            self.records.push(Record { others, ..Record::plain(&self.originator, "PROCESS_CC", now) });
        }
    }
}

fn is_open(status: TaskStatus) -> bool {
    matches!(status, TaskStatus::Running | TaskStatus::Paused)
}
