//! Approvals as the app starts, reads, finds and withdraws them.

use chrono::{DateTime, Utc};
use dingtalk::workflow::CreateAnswer;
use serde_json::{Value, json};

use crate::config::{Node, NodeMode};
use crate::forms::Strict;
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{
    FormValue, InstanceQuery, InstanceResult, InstanceStatus, NewInstance, Record, Refusal, Task,
};

pub(super) fn create(mut call: Call<'_>) -> Result<Value, Refusal> {
    let process_code = call.body.text("processCode")?;
    let originator = call.body.text("originatorUserId")?;
    let department = call.body.optional_number("deptId")?;
    let form =
        call.body.list("formComponentValues")?.into_iter().map(form_value).collect::<Result<_, _>>()?;
    let route = call.body.list("approvers")?.into_iter().map(node).collect::<Result<_, _>>()?;
    let agent = call.body.optional_number("microappAgentId")?;
    call.body.ignore(&["ccList", "ccPosition", "targetSelectActioners", "bizDetailPageUrl"]);
    call.read_whole()?;
    if let Some(agent) = agent.filter(|agent| *agent != call.world.app.agent_id) {
        return Err(Refusal::AgentId(agent));
    }
    let new = NewInstance { process_code, originator, department, form, route };
    let instance_id = id(call.state.tenancy.start_instance(new, call.now)?)?;
    wire(CreateAnswer { instance_id })
}

fn form_value(value: Value) -> Result<FormValue, Refusal> {
    let mut value = Strict::new("body.formComponentValues", value)?;
    let read = FormValue { name: value.text("name")?, value: value.text("value")? };
    value.ignore(&["id", "bizAlias", "extValue", "componentType", "details"]);
    value.done()?;
    Ok(read)
}

fn node(value: Value) -> Result<Node, Refusal> {
    let mut value = Strict::new("body.approvers", value)?;
    let approvers = value.texts("userIds")?;
    let mode = match value.text("actionType")?.as_str() {
        "AND" => NodeMode::All,
        "OR" | "NONE" => NodeMode::Any,
        other => return Err(Refusal::Parameter(format!("actionType {other} is not AND, OR or NONE"))),
    };
    value.done()?;
    Ok(Node { name: "审批人".to_owned(), approvers, mode })
}

pub(super) fn detail(mut call: Call<'_>) -> Result<Value, Refusal> {
    let instance = call.query.text("processInstanceId")?;
    call.read_whole()?;
    let tenancy = &call.state.tenancy;
    let instance = tenancy.instance(&instance)?;
    let form: Vec<_> = instance
        .form
        .iter()
        .map(|FormValue { name, value }| {
            let kind = tenancy.control_kind(&instance.process_code, name).unwrap_or("TextField");
            json!({"id": format!("{kind}-{name}"), "name": name, "value": value, "componentType": kind})
        })
        .collect();
    let department = tenancy.directory.department(instance.department);
    let mut result = json!({
        "title": instance.title,
        "createTime": minute(instance.created_at),
        "originatorUserId": instance.originator,
        "originatorDeptId": instance.department.to_string(),
        "originatorDeptName": department.map(|department| department.name.clone()).unwrap_or_default(),
        "status": instance.status,
        "businessId": instance.business_id,
        "bizAction": "NONE",
        "ccUserIds": [],
        "formComponentValues": form,
        "tasks": instance.tasks.iter().map(task).collect::<Vec<_>>(),
        "operationRecords": instance.records.iter().map(record).collect::<Vec<_>>(),
    });
    if let Some(fields) = result.as_object_mut() {
        if let Some(at) = instance.finished_at {
            fields.insert("finishTime".to_owned(), json!(minute(at)));
        }
        if let Some(decided) = instance.result {
            fields.insert("result".to_owned(), json!(decided.word()));
        }
    }
    // The documentation writes this one as text.
    Ok(json!({"success": "true", "result": result}))
}

fn task(task: &Task) -> Value {
    let mut value = json!({
        "taskId": task.id,
        "userId": task.userid,
        "status": task.status,
        "createTime": minute(task.created_at),
        "activityId": task.node,
    });
    if let Some(fields) = value.as_object_mut() {
        if let Some(at) = task.finished_at {
            fields.insert("finishTime".to_owned(), json!(minute(at)));
        }
        if let Some(result) = task.result {
            fields.insert("result".to_owned(), json!(shout(Some(result))));
        }
    }
    value
}

fn record(record: &Record) -> Value {
    json!({
        "userId": record.userid,
        "date": minute(record.at),
        "type": record.kind,
        "result": shout(record.result),
        "remark": record.remark.as_deref().unwrap_or_default(),
    })
}

/// Tasks and records shout where the instance does not.
fn shout(result: Option<InstanceResult>) -> &'static str {
    match result {
        Some(InstanceResult::Agree) => "AGREE",
        Some(InstanceResult::Refuse) => "REFUSE",
        None => "NONE",
    }
}

fn minute(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%MZ").to_string()
}

pub(super) fn list_ids(mut call: Call<'_>) -> Result<Value, Refusal> {
    let process_code = call.body.text("processCode")?;
    let start = time(call.body.number("startTime")?)?;
    let end = call.body.optional_number("endTime")?.map(time).transpose()?;
    let offset = usize::try_from(call.body.number("nextToken")?).unwrap_or(usize::MAX);
    let most = usize::try_from(call.body.number("maxResults")?).unwrap_or(0);
    let originators = call.body.texts("userIds")?;
    let statuses = call.body.texts("statuses")?.iter().map(|word| status(word)).collect::<Result<_, _>>()?;
    call.read_whole()?;
    let query = InstanceQuery { process_code, start, end, offset, most, originators, statuses };
    let page = call.state.tenancy.query_instances(&query, call.now)?;
    let mut result = json!({ "list": page.ids });
    if let (Some(fields), Some(next)) = (result.as_object_mut(), page.next) {
        fields.insert("nextToken".to_owned(), json!(next.to_string()));
    }
    Ok(json!({"success": true, "result": result}))
}

fn time(ms: i64) -> Result<DateTime<Utc>, Refusal> {
    DateTime::from_timestamp_millis(ms).ok_or_else(|| Refusal::Parameter(format!("{ms} is no time")))
}

fn status(word: &str) -> Result<InstanceStatus, Refusal> {
    match word {
        "RUNNING" => Ok(InstanceStatus::Running),
        "TERMINATED" => Ok(InstanceStatus::Terminated),
        "COMPLETED" => Ok(InstanceStatus::Completed),
        other => Err(Refusal::Parameter(format!("status {other} is not known"))),
    }
}

pub(super) fn terminate(mut call: Call<'_>) -> Result<Value, Refusal> {
    let instance = call.body.text("processInstanceId")?;
    let by_system = call.body.flag("isSystem")?;
    let by = call.body.optional_text("operatingUserId")?;
    let remark = call.body.optional_text("remark")?;
    call.read_whole()?;
    if !by_system && by.is_none() {
        return Err(Refusal::Parameter("operatingUserId is required when isSystem is false".to_owned()));
    }
    let by = by.filter(|_| !by_system);
    call.state.tenancy.terminate(&instance, by.as_deref(), remark, call.now)?;
    Ok(json!({"result": true, "success": true}))
}
