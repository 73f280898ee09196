//! Files of approvals: people put them into the space, the app may only grant and ask where they are.

use dingtalk::workflow::{Download, DownloadAnswer, Space, SpaceAnswer};
use serde_json::{Value, json};

use crate::http::answer::wire;
use crate::http::call::Call;
use crate::world::{APPROVAL_SPACE, Refusal};

const MOST_GRANTED: usize = 10;
const MOST_PREVIEWED: usize = 20;
const ADDRESS_LIFE_SECONDS: i64 = 15 * 60;

pub(super) fn space(mut call: Call<'_>) -> Result<Value, Refusal> {
    let userid = call.body.text("userId")?;
    let agent = call.body.optional_number("agentId")?;
    call.read_whole()?;
    check_agent(&call, agent)?;
    call.state.tenancy.directory.person(&userid)?;
    let result = Space { space_id: APPROVAL_SPACE };
    success(wire(SpaceAnswer { result })?)
}

pub(super) fn address(mut call: Call<'_>) -> Result<Value, Refusal> {
    let instance = call.body.text("processInstanceId")?;
    let file_id = call.body.text("fileId")?;
    let with_comments = call.body.flag("withCommentAttatchment")?;
    call.read_whole()?;
    must_hold(&call, &instance, &file_id, with_comments)?;
    let until = call.now.timestamp() + ADDRESS_LIFE_SECONDS;
    let download_uri = format!("https://lippi-space.example/{file_id}?Expires={until}");
    let result = Download { space_id: APPROVAL_SPACE, file_id, download_uri };
    success(wire(DownloadAnswer { result })?)
}

pub(super) fn let_download(mut call: Call<'_>) -> Result<Value, Refusal> {
    let userid = call.body.text("userId")?;
    let files = call.body.objects("fileInfos")?;
    let count = files.len();
    for mut file in files {
        file.text("fileId")?;
        if file.number("spaceId")? != APPROVAL_SPACE {
            return Err(Refusal::coded("noPermission", "the space is not the approvals'"));
        }
        file.done()?;
    }
    call.read_whole()?;
    call.state.tenancy.directory.person(&userid)?;
    if count == 0 || count > MOST_GRANTED {
        return Err(Refusal::coded("invalidFileInfos", format!("fileInfos: 1 to {MOST_GRANTED}")));
    }
    Ok(json!({"success": true, "result": true}))
}

pub(super) fn let_preview(mut call: Call<'_>) -> Result<Value, Refusal> {
    let userid = call.body.text("userId")?;
    let agent = call.body.optional_number("agentId")?;
    let instance = call.body.text("processInstanceId")?;
    let file_id = call.body.text("fileId")?;
    let more = call.body.texts("fileIdList")?;
    let with_comments = call.body.flag("withCommentAttatchment")?;
    call.read_whole()?;
    check_agent(&call, agent)?;
    call.state.tenancy.directory.person(&userid)?;
    if more.len() > MOST_PREVIEWED {
        return Err(Refusal::coded("invalidFileList", format!("fileIdList: at most {MOST_PREVIEWED}")));
    }
    for file in std::iter::once(&file_id).chain(&more) {
        must_hold(&call, &instance, file, with_comments)?;
    }
    let result = Space { space_id: APPROVAL_SPACE };
    success(wire(SpaceAnswer { result })?)
}

fn check_agent(call: &Call<'_>, agent: Option<i64>) -> Result<(), Refusal> {
    match agent.filter(|agent| *agent != call.world.app.agent_id) {
        Some(agent) => Err(Refusal::coded("invalidAgentId", format!("agentId {agent} is another app's"))),
        None => Ok(()),
    }
}

fn must_hold(call: &Call<'_>, instance: &str, file: &str, with_comments: bool) -> Result<(), Refusal> {
    let unknown =
        |_refusal| Refusal::coded("processInstNotExist", format!("there is no instance {instance}"));
    let instance = call.state.tenancy.instance(instance).map_err(unknown)?;
    if instance.files(with_comments).iter().any(|one| one == file) {
        return Ok(());
    }
    Err(Refusal::coded("noPermission", "the file is not one of the instance"))
}

fn success(mut answer: Value) -> Result<Value, Refusal> {
    let fields = answer.as_object_mut().ok_or(Refusal::System)?;
    fields.insert("success".to_owned(), json!(true));
    Ok(answer)
}
