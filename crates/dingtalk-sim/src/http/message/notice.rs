//! Work notices: sent, asked about, taken back, changed.

use dingtalk::work_notice::{Forbidden, ProgressAnswer, ResultAnswer, SendResult};
use dingtalk::work_notice::{Progress, ProgressStatus};
use serde_json::{Value, json};

use crate::forms;
use crate::http::answer::{check_count, id, wire};
use crate::http::call::Call;
use crate::world::{Addressed, Message, Refusal};

const MOST_PEOPLE: usize = 100;
const MOST_DEPARTMENTS: usize = 20;
const MOST_WITH_STATUS: usize = 5;

pub(super) fn send(mut call: Call<'_>) -> Result<Value, Refusal> {
    let agent = call.body.number("agent_id")?;
    let people = call.body.commas("userid_list")?.unwrap_or_default();
    let departments = call.body.number_commas("dept_id_list")?.unwrap_or_default();
    let everybody = call.body.flag("to_all_user")?;
    let msg = call.body.object_or_text("msg")?;
    call.read_whole()?;
    if agent != call.world.app.agent_id {
        return Err(Refusal::AgentId(agent));
    }
    if !everybody && people.is_empty() && departments.is_empty() {
        return Err(Refusal::Parameter("nobody is addressed".to_owned()));
    }
    check_count(people.len(), MOST_PEOPLE)?;
    check_count(departments.len(), MOST_DEPARTMENTS)?;
    msg.check_size(forms::LARGEST_NOTICE)?;
    let message = forms::read_notice(msg)?;
    let with_status = matches!(&message, Message::Form(form) if form.status.is_some());
    if with_status && (everybody || !departments.is_empty() || people.len() > MOST_WITH_STATUS) {
        return Err(Refusal::Parameter("a status_bar goes to at most five people".to_owned()));
    }
    let to = Addressed { people, departments, everybody };
    let task_id = call.state.tenancy.notify(to, message, call.now)?;
    Ok(json!({ "task_id": task_id }))
}

pub(super) fn progress(mut call: Call<'_>) -> Result<Value, Refusal> {
    let task = task(&mut call, "task_id", 40035)?;
    let progress = call.state.tenancy.notice_progress(task, call.now)?;
    let status = match progress.status {
        0 => ProgressStatus::Queued,
        1 => ProgressStatus::Running,
        _ => ProgressStatus::Done,
    };
    wire(ProgressAnswer { progress: Progress { progress_in_percent: progress.percent, status } })
}

pub(super) fn result(mut call: Call<'_>) -> Result<Value, Refusal> {
    let task = task(&mut call, "task_id", 40035)?;
    let result = call.state.tenancy.notice_result(task, call.now)?;
    let ids = |userids: Vec<String>| userids.into_iter().map(id).collect::<Result<Vec<_>, _>>();
    let forbidden = result.dropped.iter().map(|dropped| dropped.userid.clone()).collect();
    let reasons = result.dropped.into_iter().map(|dropped| {
        let count = i64::try_from(dropped.count).unwrap_or(i64::MAX);
        Ok(Forbidden { code: dropped.code.to_string(), count, userid: id(dropped.userid)? })
    });
    wire(ResultAnswer {
        send_result: SendResult {
            invalid_user_id_list: ids(result.unknown)?,
            forbidden_user_id_list: ids(forbidden)?,
            failed_user_id_list: Vec::new(),
            read_user_id_list: ids(result.read)?,
            unread_user_id_list: ids(result.unread)?,
            invalid_dept_id_list: result.unknown_departments.into_iter().map(dingtalk::DeptId).collect(),
            forbidden_list: reasons.collect::<Result<_, Refusal>>()?,
        },
    })
}

pub(super) fn recall(mut call: Call<'_>) -> Result<Value, Refusal> {
    let task = task(&mut call, "msg_task_id", 400_002)?;
    call.state.tenancy.recall_notice(task, call.now)?;
    Ok(json!({}))
}

pub(super) fn status_bar(mut call: Call<'_>) -> Result<Value, Refusal> {
    let value = call.body.text("status_value")?;
    let ground = call.body.optional_text("status_bg")?;
    let task = task(&mut call, "task_id", 40056)?;
    call.state.tenancy.change_status(task, &value, ground.as_deref(), call.now)?;
    Ok(json!({}))
}

/// The notice that a call is about; `code` is what the call says of a foreign agent.
fn task(call: &mut Call<'_>, name: &str, code: i64) -> Result<i64, Refusal> {
    let agent = call.body.number("agent_id")?;
    let task = call.body.number(name)?;
    call.read_whole()?;
    if agent == call.world.app.agent_id {
        Ok(task)
    } else {
        Err(Refusal::old(code, format!("agent_id {agent} does not belong to this app")))
    }
}
