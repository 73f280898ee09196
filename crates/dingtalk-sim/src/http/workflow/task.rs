//! What the app does to tasks, in the name of the people whose they are.

use dingtalk::workflow::{Attached, Files};
use serde_json::{Value, json};

use crate::config::NodeMode;
use crate::forms::Strict;
use crate::http::call::Call;
use crate::world::{AddedPlace, AddedSign, Decision, InstanceResult, Refusal, TaskStatus};

const MOST_FILES: usize = 20;

pub(super) fn execute(mut call: Call<'_>) -> Result<Value, Refusal> {
    let instance = call.body.text("processInstanceId")?;
    let (task, userid) = (call.body.number("taskId")?, call.body.text("actionerUserId")?);
    let result = match call.body.text("result")?.as_str() {
        "agree" => InstanceResult::Agree,
        "refuse" => InstanceResult::Refuse,
        other => return Err(Refusal::coded("invalidInstanceExecuteResult", format!("result {other}"))),
    };
    let remark = said(call.body.short_text("remark", 1024)?);
    let files = files(&mut call.body)?;
    call.read_whole()?;
    let tenancy = &mut call.state.tenancy;
    tenancy.directory.person(&userid)?;
    let tasks = &tenancy.instance(&instance)?.tasks;
    let Some(found) = tasks.iter().find(|one| one.id == task) else {
        return Err(Refusal::coded("invalidInstanceExecuteTaskId", "there is no such task in the instance"));
    };
    if found.userid != userid {
        return Err(Refusal::coded("needAuth", "the task is somebody else's"));
    }
    if found.status != TaskStatus::Running {
        return Err(Refusal::coded("aflowProcessInstCanNotBeExecuted", "the task is not running"));
    }
    let decision = Decision { userid: &userid, task: Some(task), result, remark, files };
    tenancy.decide(&instance, &decision, call.now)?;
    Ok(json!({"result": result == InstanceResult::Agree, "success": true}))
}

pub(super) fn redirect(mut call: Call<'_>) -> Result<Value, Refusal> {
    let task = call.body.number("taskId")?;
    let (to, by) = (call.body.text("toUserId")?, call.body.text("operateUserId")?);
    let remark = said(call.body.short_text("remark", 256)?);
    call.body.short_text("actionName", 128)?;
    let files = files(&mut call.body)?;
    call.read_whole()?;
    call.state.tenancy.redirect((task, &by, &to), remark.as_deref(), &files, call.now)?;
    Ok(json!({ "result": true }))
}

pub(super) fn append(mut call: Call<'_>) -> Result<Value, Refusal> {
    let instance = call.body.text("processInstanceId")?;
    let (task, by) = (call.body.number("taskId")?, call.body.text("operateUserId")?);
    let people = call.body.texts("appenderUserIds")?;
    let remark = call.body.optional_text("remark")?;
    let agree_all = call.body.flag("agreeAll")?;
    let mode = match (call.body.text("activateType")?.as_str(), agree_all) {
        ("ALL", true) => NodeMode::All,
        ("ALL", false) => NodeMode::Any,
        ("ONE_BY_ONE", true) => NodeMode::OneByOne,
        _ => return Err(Refusal::coded("param.illegal", "activateType and agreeAll do not fit")),
    };
    let place = match call.body.text("type")?.as_str() {
        "before" => AddedPlace::Before,
        "after" => AddedPlace::After,
        other => return Err(Refusal::coded("param.illegal", format!("type {other}"))),
    };
    call.read_whole()?;
    if !call.world.approvals.premium {
        return Err(Refusal::coded("benefit.status.invalid", "adding people by API needs OA 高级版"));
    }
    let added = AddedSign { people, place, mode, remark };
    call.state.tenancy.add_sign((&instance, task, &by), &added, call.now)?;
    Ok(json!({ "result": true }))
}

pub(super) fn comment(mut call: Call<'_>) -> Result<Value, Refusal> {
    let instance = call.body.text("processInstanceId")?;
    let (text, userid) = (call.body.short_text("text", 1024)?, call.body.text("commentUserId")?);
    let files = files(&mut call.body)?;
    call.read_whole()?;
    call.state.tenancy.comment(&instance, &userid, (text, files), call.now)?;
    Ok(json!({"result": true, "success": true}))
}

fn said(remark: String) -> Option<String> {
    Some(remark).filter(|remark| !remark.is_empty())
}

fn files(body: &mut Strict) -> Result<Files, Refusal> {
    let Some(mut file) = body.optional_object("file")? else { return Ok(Files::default()) };
    let photos = file.texts("photos")?;
    let attachments: Vec<_> =
        file.objects("attachments")?.into_iter().map(attached).collect::<Result<_, _>>()?;
    file.done()?;
    if attachments.len() > MOST_FILES {
        return Err(Refusal::Parameter(format!("file.attachments: at most {MOST_FILES}")));
    }
    Ok(Files { photos, attachments })
}

fn attached(mut file: Strict) -> Result<Attached, Refusal> {
    let read = Attached {
        space_id: file.text("spaceId")?,
        file_id: file.text("fileId")?,
        file_name: file.text("fileName")?,
        file_size: file.text("fileSize")?,
        file_type: file.text("fileType")?,
    };
    file.done()?;
    Ok(read)
}
