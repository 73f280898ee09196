//! To-dos. People are named by their union id.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

use crate::world::{Happening, Refusal, Tenancy};

/// How long a done to-do is found.
const FOUND_FOR: TimeDelta = TimeDelta::days(180);

/// A to-do of the app.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Todo {
    /// `taskId`.
    pub id: String,
    /// The app's own id for it; empty when it gave none.
    pub source_id: String,
    /// What is to be done.
    pub subject: String,
    /// More about it.
    pub description: Option<String>,
    /// Union id.
    pub creator: String,
    /// Union ids of those who are to do it.
    pub executors: Vec<String>,
    /// Union ids of those who may look.
    pub participants: Vec<String>,
    /// Those executors who have done their part.
    pub done_by: BTreeSet<String>,
    /// Whether it is done as a whole.
    pub done: bool,
    /// Until when.
    pub due_at: Option<DateTime<Utc>>,
    /// What a phone opens.
    pub app_url: String,
    /// What a computer opens.
    pub pc_url: String,
    /// 10, 20, 30 or 40; the more, the more urgent.
    pub priority: Option<i64>,
    /// To read, not to do.
    pub to_read: bool,
    /// Names and values that are shown with it.
    pub lines: Vec<(String, String)>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    pub changed_at: DateTime<Utc>,
}

/// What changes; absent stays.
#[derive(Clone, Debug, Default)]
pub(crate) struct TodoChange {
    pub(crate) subject: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) due_at: Option<DateTime<Utc>>,
    pub(crate) done: Option<bool>,
    pub(crate) executors: Option<Vec<String>>,
    pub(crate) participants: Option<Vec<String>>,
    pub(crate) lines: Option<Vec<(String, String)>>,
}

/// Which to-dos of a person are looked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct TodoFilter {
    pub(crate) done: Option<bool>,
    /// Outer "or", inner "and"; everything when empty.
    pub(crate) roles: Vec<Vec<String>>,
    pub(crate) to_read: Option<bool>,
}

impl Tenancy {
    pub(crate) fn create_todo(&mut self, mut todo: Todo, now: DateTime<Utc>) -> Result<&Todo, Refusal> {
        const CODE: &str = "todo.taskCreate.paramError";
        self.must_be_union(&todo.creator, CODE)?;
        for unionid in todo.executors.iter().chain(&todo.participants) {
            self.must_be_union(unionid, CODE)?;
        }
        if !todo.source_id.is_empty() && self.office.todos.iter().any(|one| one.source_id == todo.source_id) {
            return Err(Refusal::coded(CODE, "task exist"));
        }
        todo.id = format!("task{}", self.ids.word(28));
        self.todo_event("todo_task_create", &todo, now);
        self.office.todos.push(todo);
        self.office.todos.last().ok_or(Refusal::System)
    }

    pub(crate) fn change_todo(
        &mut self,
        id: &str,
        change: TodoChange,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        const CODE: &str = "todo.taskUpdate.paramError";
        let people = [&change.executors, &change.participants];
        for unionid in people.into_iter().flatten().flatten() {
            self.must_be_union(unionid, CODE)?;
        }
        let TodoChange { subject, description, due_at, done, executors, participants, lines } = change;
        let todo = self.todo_mut(id, CODE)?;
        if let Some(subject) = subject {
            todo.subject = subject;
        }
        if let Some(executors) = executors {
            todo.executors = executors;
        }
        if let Some(participants) = participants {
            todo.participants = participants;
        }
        if let Some(lines) = lines {
            todo.lines = lines;
        }
        todo.description = description.or(todo.description.take());
        todo.due_at = due_at.or(todo.due_at.take());
        if let Some(done) = done {
            todo.done = done;
            todo.done_by = if done { todo.executors.iter().cloned().collect() } else { BTreeSet::new() };
        }
        todo.changed_at = now;
        let todo = todo.clone();
        self.todo_event("todo_task_update", &todo, now);
        Ok(())
    }

    /// When everybody has done their part, it is done.
    pub(crate) fn set_todo_status(
        &mut self,
        id: &str,
        status: &[(String, bool)],
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        const CODE: &str = "todo.taskExecutorStatusUpdate.paramError";
        let todo = self.todo_mut(id, CODE)?;
        if let Some((unionid, _)) = status.iter().find(|(unionid, _)| !todo.executors.contains(unionid)) {
            return Err(Refusal::coded(CODE, format!("{unionid} is no executor")));
        }
        for (unionid, done) in status {
            if *done {
                todo.done_by.insert(unionid.clone());
            } else {
                todo.done_by.remove(unionid);
            }
        }
        todo.done = todo.executors.iter().all(|unionid| todo.done_by.contains(unionid));
        todo.changed_at = now;
        let todo = todo.clone();
        self.todo_event("todo_task_update", &todo, now);
        Ok(())
    }

    pub(crate) fn delete_todo(&mut self, id: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
        let index = self.office.todos.iter().position(|todo| todo.id == id);
        let index = index.ok_or_else(|| Refusal::coded("todo.taskDelete.paramError", "task not exist"))?;
        let todo = self.office.todos.remove(index);
        self.todo_event("todo_task_delete", &todo, now);
        Ok(())
    }

    /// In the order in which they were made.
    pub(crate) fn todos_of<'t>(
        &'t self,
        unionid: &'t str,
        filter: &'t TodoFilter,
        now: DateTime<Utc>,
    ) -> impl Iterator<Item = &'t Todo> {
        self.office.todos.iter().filter(move |todo| {
            let forgotten = todo.done && now - todo.changed_at > FOUND_FOR;
            !forgotten && todo.concerns(unionid) && filter.fits(todo, unionid)
        })
    }

    /// How many wait for somebody, and a mark that changes whenever one of theirs does.
    pub(crate) fn todo_marks(&self, unionid: &str) -> (usize, String) {
        let mine: Vec<_> = self.office.todos.iter().filter(|todo| todo.is("executor", unionid)).collect();
        let open = mine.iter().filter(|todo| !todo.is_done_for(unionid)).count();
        let newest = mine.iter().map(|todo| todo.changed_at.timestamp_millis()).max().unwrap_or(0);
        (open, format!("{}-{open}-{newest}", mine.len()))
    }

    fn todo_mut(&mut self, id: &str, code: &'static str) -> Result<&mut Todo, Refusal> {
        let todo = self.office.todos.iter_mut().find(|todo| todo.id == id);
        todo.ok_or_else(|| Refusal::coded(code, "task not exist"))
    }

    fn todo_event(&mut self, kind: &str, todo: &Todo, now: DateTime<Utc>) {
        let mut people: Vec<_> = std::iter::once(&todo.creator).chain(&todo.executors).collect();
        people.sort();
        people.dedup();
        let mut fields = Map::from_iter([
            ("taskId".to_owned(), json!(todo.id)),
            // So spelled in a push by HTTP only.
            ("UnionIdList".to_owned(), json!(people)),
        ]);
        if kind != "todo_task_delete" {
            fields.insert("bizTag".to_owned(), json!("sim_app"));
        }
        self.happen(Happening::Other { kind: kind.to_owned(), fields }, now);
    }
}

impl Todo {
    fn concerns(&self, unionid: &str) -> bool {
        ["executor", "creator", "participant"].iter().any(|role| self.is(role, unionid))
    }

    fn is(&self, role: &str, unionid: &str) -> bool {
        let among = |people: &[String]| people.iter().any(|one| one == unionid);
        match role {
            "executor" => among(&self.executors),
            "participant" => among(&self.participants),
            _ => self.creator == unionid,
        }
    }

    /// Whether a person's part is done.
    pub fn is_done_for(&self, unionid: &str) -> bool {
        self.done || self.done_by.contains(unionid)
    }
}

impl TodoFilter {
    fn fits(&self, todo: &Todo, unionid: &str) -> bool {
        self.done.is_none_or(|done| done == todo.is_done_for(unionid))
            && self.to_read.is_none_or(|read| read == todo.to_read)
            && (self.roles.is_empty()
                || self.roles.iter().any(|all| all.iter().all(|role| todo.is(role, unionid))))
    }
}
