//! The calls. The person in the address is whose to-do it is; who acts is a parameter of the query.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    query::{TodoCard, TodoPage, TodoQuery},
    task::{ExecutorStatus, ExecutorStatusList, NewTodo, Todo, TodoChange},
};
use crate::{
    Client,
    error::Error,
    ids::{TodoId, UnionId},
    lenient,
    path::segment,
};

/// To-do calls, by [`Client::todos`](crate::Client::todos).
#[derive(Clone, Copy, Debug)]
pub struct Todos<'a>(pub(crate) &'a Client);

/// What changing a to-do answers.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ResultAnswer {
    /// Whether it was done.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub result: bool,
}

impl Todos<'_> {
    /// Makes a to-do. Sent again with the same `source_id` it is refused with `todo.taskCreate.paramError` and "task exist", so that
    /// after [`Error::Unknown`] the same call is safe; [`Self::exists_already`] tells that refusal. Permission `Todo.Todo.Write`; counted.
    pub async fn create(&self, new: &NewTodo, operator: &UnionId) -> Result<Todo, Error> {
        new.check()?;
        let path = format!("/v1.0/todo/users/{}/tasks", segment(new.creator_id.as_str()));
        self.0.api(Method::POST, &path, &by(operator), Some(new)).await
    }

    /// Whether a refused creation only says that the to-do is there.
    pub fn exists_already(error: &Error) -> bool {
        matches!(error, Error::Refused { code, message, .. }
            if code == "todo.taskCreate.paramError" && message.contains("task exist"))
    }

    /// Changes a to-do of the app. Permissions `Todo.Todo.Write` and `Todo.Todo.Read`; counted.
    pub async fn update(
        &self,
        creator: &UnionId,
        id: &TodoId,
        operator: &UnionId,
        change: &TodoChange,
    ) -> Result<(), Error> {
        change.check()?;
        let answer: ResultAnswer =
            self.0.api(Method::PUT, &one(creator, id), &by(operator), Some(change)).await?;
        Error::unless_done(answer.result, "the to-do was not changed")
    }

    /// Says who has done their part, at most 1000 people. Permissions `Todo.Todo.Write` and `Todo.Todo.Read`; counted.
    pub async fn set_executor_status(
        &self,
        creator: &UnionId,
        id: &TodoId,
        operator: &UnionId,
        executor_status_list: Vec<ExecutorStatus>,
    ) -> Result<(), Error> {
        let request = ExecutorStatusList { executor_status_list };
        request.check()?;
        let path = format!("{}/executorStatus", one(creator, id));
        let answer: ResultAnswer = self.0.api(Method::PUT, &path, &by(operator), Some(&request)).await?;
        Error::unless_done(answer.result, "the executors' status was not changed")
    }

    /// Deletes a to-do of the app. Permission `Todo.Todo.Write`; counted.
    pub async fn delete(&self, creator: &UnionId, id: &TodoId, operator: &UnionId) -> Result<(), Error> {
        let answer: ResultAnswer =
            self.0.api(Method::DELETE, &one(creator, id), &by(operator), None::<&Value>).await?;
        Error::unless_done(answer.result, "the to-do was not deleted")
    }

    /// One page of a person's to-dos in the organisation. Permission `Todo.Todo.Read`; counted.
    pub async fn query(&self, person: &UnionId, query: &TodoQuery) -> Result<TodoPage, Error> {
        let path = format!("/v1.0/todo/users/{}/org/tasks/query", segment(person.as_str()));
        self.0.api(Method::POST, &path, &[], Some(query)).await
    }

    /// All pages. Permission `Todo.Todo.Read`; counted once a page.
    pub async fn all(&self, person: &UnionId, mut query: TodoQuery) -> Result<Vec<TodoCard>, Error> {
        let mut cards = Vec::new();
        loop {
            let page = self.query(person, &query).await?;
            cards.extend(page.todo_cards);
            match page.next_token.filter(|token| !token.is_empty()) {
                // A cursor that does not move would never end.
                Some(next) if query.next_token.as_ref() != Some(&next) => query.next_token = Some(next),
                _ => return Ok(cards),
            }
        }
    }
}

fn one(creator: &UnionId, id: &TodoId) -> String {
    format!("/v1.0/todo/users/{}/tasks/{}", segment(creator.as_str()), segment(id.as_str()))
}

fn by(operator: &UnionId) -> [(&'static str, String); 1] {
    [("operatorId", operator.to_string())]
}
