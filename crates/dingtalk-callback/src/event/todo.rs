//! To-dos.

use dingtalk::UnionId;

use crate::fields::Fields;

/// What happened to a to-do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TodoMove {
    /// `todo_task_create`
    Created,
    /// `todo_task_update`; also when it is ticked off.
    Changed,
    /// `todo_task_delete`
    Deleted,
}

/// A change of a to-do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodoChange {
    /// What happened.
    pub change: TodoMove,
    /// Which to-do.
    pub task: String,
    /// Which product made it.
    pub biz_tag: Option<String>,
    /// Whom it concerns.
    pub union_ids: Vec<UnionId>,
}

impl TodoChange {
    pub(super) fn read(kind: &str, fields: Fields<'_>) -> Option<Self> {
        let change = match kind {
            "todo_task_create" => TodoMove::Created,
            "todo_task_update" => TodoMove::Changed,
            "todo_task_delete" => TodoMove::Deleted,
            _ => return None,
        };
        Some(Self {
            change,
            task: fields.text("taskid")?,
            biz_tag: fields.text("biztag"),
            union_ids: fields.all_parsed("unionidlist"),
        })
    }
}
