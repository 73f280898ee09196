//! To-dos as the app makes, changes and looks for them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use dingtalk::todo::{DetailUrl, ResultAnswer, Todo as Shown, TodoCard, TodoPage, TodoType};
use serde_json::{Value, json};

use crate::forms::Strict;
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::http::endpoint::Cost::Counted;
use crate::http::endpoint::{Endpoint, new};
use crate::world::{Refusal, Todo, TodoChange, TodoFilter};

const READ: &str = "Todo.Todo.Read";
const WRITE: &str = "Todo.Todo.Write";

const CREATE: &str = "todo.taskCreate.paramError";
const UPDATE: &str = "todo.taskUpdate.paramError";
const BIZ_TAG: &str = "sim_app";
const PAGE: usize = 20;

pub(super) const CALLS: &[Endpoint] = &[
    new("POST", "/v1.0/todo/users/{unionId}/tasks", Counted, "建待办", create).needs(WRITE),
    new("PUT", "/v1.0/todo/users/{unionId}/tasks/{taskId}", Counted, "改待办", update).needs(WRITE),
    new("DELETE", "/v1.0/todo/users/{unionId}/tasks/{taskId}", Counted, "删待办", delete).needs(WRITE),
    new("PUT", "/v1.0/todo/users/{unionId}/tasks/{taskId}/executorStatus", Counted, "改待办状态", status)
        .needs(WRITE),
    new("POST", "/v1.0/todo/users/{unionId}/org/tasks/query", Counted, "查待办", query).needs(READ),
];

fn create(mut call: Call<'_>) -> Result<Value, Refusal> {
    let owner = call.part()?;
    operator(&mut call)?;
    let body = &mut call.body;
    let subject = bounded(body.text("subject")?, 1024, CREATE, "subject")?;
    let description = body.optional_text("description")?;
    let description = description.map(|text| bounded(text, 4096, CREATE, "description")).transpose()?;
    let creator = body.optional_text("creatorId")?.unwrap_or_else(|| owner.clone());
    let executors = people(body, "executorIds", 100, CREATE)?;
    let participants = people(body, "participantIds", 100, CREATE)?;
    let due_at = time(body, "dueTime", CREATE)?;
    let source_id = body.optional_text("sourceId")?.unwrap_or_default();
    let mut detail = body.object("detailUrl")?;
    let app_url = detail.text("appUrl")?;
    let pc_url = detail.optional_text("pcUrl")?.unwrap_or_else(|| app_url.clone());
    detail.done()?;
    if app_url.is_empty() || app_url.len().max(pc_url.len()) > 1024 {
        return Err(Refusal::coded(CREATE, "detailUrl: 1 to 1024 bytes"));
    }
    let lines = lines(body, CREATE)?;
    let priority = body.optional_number("priority")?;
    if priority.is_some_and(|priority| ![10, 20, 30, 40].contains(&priority)) {
        return Err(Refusal::coded(CREATE, "priority: 10, 20, 30 or 40"));
    }
    let to_read = read_type(body, CREATE)?.unwrap_or(false);
    for name in ["notifyConfigs", "remindNotifyConfigs"] {
        if let Some(mut config) = body.optional_object(name)? {
            for field in ["dingNotify", "sendTodoApn", "sendAssistantChat"] {
                config.optional_text(field)?;
            }
            config.done()?;
        }
    }
    time(body, "reminderTimeStamp", CREATE)?;
    body.flag("isOnlyShowExecutor")?;
    for mut action in body.objects("actionList")? {
        action.text("title")?;
        action.number("actionType")?;
        action.text("url")?;
        action.ignore(&["pcUrl", "actionKey"])?;
        action.optional_object("param")?;
        action.optional_number("buttonStyleType")?;
        action.done()?;
    }
    body.ignore(&["bizCategoryId"])?;
    body.optional_object("thirdExtension")?;
    call.read_whole()?;
    if creator != owner {
        return Err(Refusal::coded(CREATE, "creatorId is not the unionId of the path"));
    }
    let todo = Todo {
        id: String::new(),
        source_id,
        subject,
        description,
        creator,
        executors,
        participants,
        done_by: BTreeSet::new(),
        done: false,
        due_at,
        app_url,
        pc_url,
        priority,
        to_read,
        lines,
        created_at: call.now,
        changed_at: call.now,
    };
    let todo = call.state.tenancy.create_todo(todo, call.now)?;
    wire(Shown {
        id: id(todo.id.clone())?,
        subject: todo.subject.clone(),
        done: false,
        source_id: todo.source_id.clone(),
        executor_ids: todo.executors.iter().cloned().map(id).collect::<Result<_, _>>()?,
        created_time: Some(todo.created_at.timestamp_millis()),
        modified_time: Some(todo.changed_at.timestamp_millis()),
        biz_tag: BIZ_TAG.to_owned(),
    })
}

fn update(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (_owner, task) = (call.part()?, call.part()?);
    operator(&mut call)?;
    let body = &mut call.body;
    let text =
        |text: Option<String>, most, name| text.map(|text| bounded(text, most, UPDATE, name)).transpose();
    let change = TodoChange {
        subject: text(body.optional_text("subject")?, 1024, "subject")?,
        description: text(body.optional_text("description")?, 4096, "description")?,
        due_at: time(body, "dueTime", UPDATE)?,
        done: body.has("done").then(|| body.flag("done")).transpose()?,
        executors: given(body, "executorIds")?,
        participants: given(body, "participantIds")?,
        lines: body.has("contentFieldList").then(|| lines(body, UPDATE)).transpose()?,
    };
    call.read_whole()?;
    call.state.tenancy.change_todo(&task, change, call.now)?;
    wire(ResultAnswer { result: true })
}

fn status(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (_owner, task) = (call.part()?, call.part()?);
    operator(&mut call)?;
    let mut status = Vec::new();
    for mut one in call.body.objects("executorStatusList")? {
        status.push((one.text("id")?, one.flag("isDone")?));
        one.done()?;
    }
    call.read_whole()?;
    if status.len() > 1000 {
        return Err(Refusal::coded("todo.taskExecutorStatusUpdate.paramError", "executors is oversize"));
    }
    call.state.tenancy.set_todo_status(&task, &status, call.now)?;
    wire(ResultAnswer { result: true })
}

fn delete(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (_owner, task) = (call.part()?, call.part()?);
    operator(&mut call)?;
    call.read_whole()?;
    call.state.tenancy.delete_todo(&task, call.now)?;
    Ok(json!({"result": true, "requestId": call.state.tenancy.ids.word(16)}))
}

fn query(mut call: Call<'_>) -> Result<Value, Refusal> {
    const CODE: &str = "todo.orgTaskQuery.paramError";
    let unionid = call.part()?;
    let body = &mut call.body;
    let offset = match body.optional_text("nextToken")? {
        None => 0,
        Some(text) => text.parse().map_err(|_no_token| Refusal::coded(CODE, "nextToken is invalid"))?,
    };
    let done = body.has("isDone").then(|| body.flag("isDone")).transpose()?;
    let mut roles = Vec::new();
    for list in body.list("roleTypes")? {
        let all: Vec<String> = serde_json::from_value(list)
            .map_err(|_no_list| Refusal::coded(CODE, "roleTypes: a list of lists"))?;
        if let Some(role) =
            all.iter().find(|one| !["executor", "creator", "participant"].contains(&one.as_str()))
        {
            return Err(Refusal::coded(CODE, format!("roleTypes: {role}")));
        }
        roles.push(all);
    }
    let filter = TodoFilter { done, roles, to_read: read_type(body, CODE)? };
    call.read_whole()?;
    let tenancy = &call.state.tenancy;
    if tenancy.by_union(&unionid).is_none() {
        return Err(Refusal::coded(CODE, format!("there is no unionId {unionid}")));
    }
    let rest: Vec<_> = tenancy.todos_of(&unionid, &filter, call.now).skip(offset).take(PAGE + 1).collect();
    let todo_cards = rest.iter().take(PAGE).map(|todo| card(todo, &unionid)).collect::<Result<_, _>>()?;
    let next_token = (rest.len() > PAGE).then(|| (offset + PAGE).to_string());
    wire(TodoPage { next_token, todo_cards })
}

fn card(todo: &Todo, unionid: &str) -> Result<TodoCard, Refusal> {
    Ok(TodoCard {
        task_id: id(todo.id.clone())?,
        subject: todo.subject.clone(),
        due_time: todo.due_at.map(|at| at.timestamp_millis()),
        detail_url: DetailUrl { app_url: todo.app_url.clone(), pc_url: todo.pc_url.clone() },
        priority: todo.priority,
        created_time: Some(todo.created_at.timestamp_millis()),
        modified_time: Some(todo.changed_at.timestamp_millis()),
        creator_id: Some(id(todo.creator.clone())?),
        source_id: todo.source_id.clone(),
        biz_tag: BIZ_TAG.to_owned(),
        is_done: todo.is_done_for(unionid),
        todo_type: Some(if todo.to_read { TodoType::Read } else { TodoType::Todo }),
    })
}

/// Who acts is in the query, and may be absent.
fn operator(call: &mut Call<'_>) -> Result<(), Refusal> {
    let operator = call.query.optional_text("operatorId")?;
    match operator.filter(|unionid| call.state.tenancy.by_union(unionid).is_none()) {
        Some(unionid) => Err(Refusal::Parameter(format!("operatorId: there is no unionId {unionid}"))),
        None => Ok(()),
    }
}

fn bounded(text: String, most: usize, code: &'static str, name: &str) -> Result<String, Refusal> {
    if text.chars().count() > most {
        return Err(Refusal::coded(code, format!("{name} is oversize")));
    }
    Ok(text)
}

fn people(body: &mut Strict, name: &str, most: usize, code: &'static str) -> Result<Vec<String>, Refusal> {
    let people = body.texts(name)?;
    if people.len() > most {
        let said = if name == "executorIds" { "executors" } else { "participants" };
        return Err(Refusal::coded(code, format!("{said} is oversize")));
    }
    Ok(people)
}

fn given(body: &mut Strict, name: &str) -> Result<Option<Vec<String>>, Refusal> {
    body.has(name).then(|| people(body, name, 1000, UPDATE)).transpose()
}

fn time(body: &mut Strict, name: &str, code: &'static str) -> Result<Option<DateTime<Utc>>, Refusal> {
    let invalid = || Refusal::coded(code, format!("{name} is invalid"));
    let ms = body.optional_number(name)?;
    ms.map(|ms| DateTime::from_timestamp_millis(ms).ok_or_else(invalid)).transpose()
}

fn lines(body: &mut Strict, code: &'static str) -> Result<Vec<(String, String)>, Refusal> {
    let mut lines = Vec::new();
    for mut line in body.objects("contentFieldList")? {
        let pair = (line.text("fieldKey")?, line.text("fieldValue")?);
        line.done()?;
        if pair.0.len().max(pair.1.len()) > 1024 {
            return Err(Refusal::coded(code, "contentFieldList: at most 1024 bytes"));
        }
        lines.push(pair);
    }
    Ok(lines)
}

fn read_type(body: &mut Strict, code: &'static str) -> Result<Option<bool>, Refusal> {
    match body.optional_text("todoType")?.as_deref() {
        None => Ok(None),
        Some("TODO") => Ok(Some(false)),
        Some("READ") => Ok(Some(true)),
        Some(other) => Err(Refusal::coded(code, format!("todoType {other}"))),
    }
}
