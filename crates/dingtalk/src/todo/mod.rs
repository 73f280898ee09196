//! To-dos (钉钉待办) of an app: they lead to its pages, and only the app can tick them off. People are named by their union id. Permission
//! `Todo.Todo.Write`, to change also `Todo.Todo.Read`; counted.
//!
//! Pages: [创建钉钉待办任务][create], [更新钉钉待办任务][update], [更新钉钉待办执行者状态][status], [删除钉钉待办任务][delete],
//! [查询企业下用户待办列表][query].
//!
//! [create]: https://open.dingtalk.com/document/development/add-dingtalk-to-do-task
//! [update]: https://open.dingtalk.com/document/development/updates-dingtalk-to-do-tasks
//! [status]: https://open.dingtalk.com/document/development/update-dingtalk-to-do-status
//! [delete]: https://open.dingtalk.com/document/development/delete-dingtalk-to-do-tasks
//! [query]: https://open.dingtalk.com/document/development/query-the-to-do-list-of-enterprise-users

mod call;
mod parts;
mod query;
mod task;

pub use call::{ResultAnswer, Todos};
pub use parts::{Action, ActionParam, ContentField, DetailUrl, NotifyConfigs, Priority, TodoType};
pub use query::{Role, TodoCard, TodoPage, TodoQuery};
pub use task::{ExecutorStatus, ExecutorStatusList, MOST_EXECUTORS, NewTodo, Todo, TodoChange};
