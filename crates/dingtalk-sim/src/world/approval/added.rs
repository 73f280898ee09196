//! Asking somebody besides (加签), and passing a task on (转交).

use chrono::{DateTime, Utc};
use dingtalk::workflow::Files;

use super::instance::{Instance, Record, Task, TaskOutcome, TaskStatus};
use crate::config::{Node, NodeMode};
use crate::world::{Happening, Ids, Refusal, TaskMove};

/// Whether added people decide before or after the one who adds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddedPlace {
    Before,
    After,
}

/// Whom an approver adds.
#[derive(Clone, Debug)]
pub(crate) struct AddedSign {
    pub(crate) people: Vec<String>,
    pub(crate) place: AddedPlace,
    pub(crate) mode: NodeMode,
    pub(crate) remark: Option<String>,
}

impl Instance {
    /// Before: the task waits until the added people have agreed. After: they are asked once its step has agreed, and only then does
    /// the flow go on.
    pub(crate) fn add_sign(
        &mut self,
        task: i64,
        by: &str,
        added: AddedSign,
        ids: &mut Ids,
        now: DateTime<Utc>,
    ) -> Result<Vec<Happening>, Refusal> {
        let AddedSign { people, place, mode, remark } = added;
        let (asking, step) = {
            let task = self.task_of(task, by)?;
            (task.asking, (task.activity.clone(), task.node.clone()))
        };
        let within = self.askings.get(asking).map(|asking| asking.mode);
        if mode == NodeMode::OneByOne && within != Some(NodeMode::OneByOne) {
            return Err(Refusal::coded("param.illegal", "activateType: this step is not one by one"));
        }
        let kind = match place {
            AddedPlace::Before => "APPEND_TASK_BEFORE",
            AddedPlace::After => "APPEND_TASK_AFTER",
        };
        let others = people.clone();
        self.records.push(Record { remark, others, step: Some(step), ..Record::plain(by, kind, now) });
        let node = Node { name: "加签".to_owned(), approvers: people, mode, self_select: false };
        if place == AddedPlace::After {
            if let Some(asking) = self.askings.get_mut(asking) {
                asking.then.push(node);
            }
            return Ok(Vec::new());
        }
        self.task_of(task, by)?.status = TaskStatus::Paused;
        let activity = ids.word(9);
        Ok(self.ask(node, activity, (Some(task), Vec::new()), ids, now))
    }

    /// The task ends as redirected, and somebody else has one in its place.
    pub(crate) fn redirect(
        &mut self,
        (id, by, to): (i64, &str, &str),
        remark: Option<String>,
        files: Files,
        ids: &mut Ids,
        now: DateTime<Utc>,
    ) -> Result<Vec<Happening>, Refusal> {
        let task = self.task_of(id, by)?;
        task.status = TaskStatus::Completed;
        task.outcome = Some(TaskOutcome::Redirected);
        task.remark.clone_from(&remark);
        task.finished_at = Some(now);
        let task = task.clone();
        let (asking, step) = (task.asking, Some((task.activity.clone(), task.node.clone())));
        let others = vec![to.to_owned()];
        self.records.push(Record { remark, files, others, step, ..Record::plain(by, "REDIRECT_TASK", now) });
        let mut happened =
            vec![Happening::TaskChanged { instance: self.boxed(), task, change: TaskMove::Finish }];
        happened.extend(self.give(asking, to.to_owned(), ids, now));
        Ok(happened)
    }

    /// A running task, if it is this person's.
    fn task_of(&mut self, id: i64, userid: &str) -> Result<&mut Task, Refusal> {
        if self.must_run().is_err() {
            return Err(Refusal::coded("instance.status.error", "the instance is not running"));
        }
        let unknown = || Refusal::coded("param.illegal", "taskId: there is no such task here");
        let task = self.tasks.iter_mut().find(|task| task.id == id).ok_or_else(unknown)?;
        if task.userid != userid {
            return Err(Refusal::coded("param.illegal.operator", "operateUserId is not the task's holder"));
        }
        if task.status != TaskStatus::Running {
            return Err(Refusal::coded("task.status.error", "the task is not running"));
        }
        Ok(task)
    }
}
