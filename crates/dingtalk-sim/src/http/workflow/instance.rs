//! Finding, counting and withdrawing instances.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::http::call::Call;
use crate::world::{InstanceQuery, InstanceStatus, Refusal, TaskStatus};

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
    let remark = call.body.short_text("remark", 1024)?;
    call.read_whole()?;
    if !by_system && by.is_none() {
        return Err(Refusal::Parameter("operatingUserId is required when isSystem is false".to_owned()));
    }
    let by = by.filter(|_| !by_system);
    let remark = Some(remark.as_str()).filter(|remark| !remark.is_empty());
    call.state.tenancy.terminate(&instance, by.as_deref(), remark, call.now)?;
    Ok(json!({"result": true, "success": true}))
}

/// How many tasks wait for somebody.
pub(super) fn waiting(mut call: Call<'_>) -> Result<Value, Refusal> {
    let userid = call.query.text("userId")?;
    call.read_whole()?;
    call.state.tenancy.directory.person(&userid)?;
    let tasks = call.state.tenancy.instances().flat_map(|instance| &instance.tasks);
    let count = tasks.filter(|task| task.userid == userid && task.status == TaskStatus::Running).count();
    Ok(json!({ "result": count }))
}
