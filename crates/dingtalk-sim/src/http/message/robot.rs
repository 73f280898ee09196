//! The app's robot, alone with people: sent, read, taken back, answered; files that people sent to it.

use dingtalk::robot::{FileAnswer, PeopleRead, ReadInfo, ReadStatus, RecallReport, SendReport, SendStatus};
use serde_json::{Value, json};

use crate::forms;
use crate::http::answer::{check_count, id, wire};
use crate::http::call::Call;
use crate::world::Refusal;

const MOST_RECIPIENTS: usize = 20;
const MOST_KEYS: usize = 20;

pub(super) fn batch_send(mut call: Call<'_>) -> Result<Value, Refusal> {
    let robot = call.body.text("robotCode")?;
    let to = call.body.texts("userIds")?;
    let (key, param) = (call.body.text("msgKey")?, call.body.text("msgParam")?);
    call.read_whole()?;
    check_robot(&call, robot)?;
    if to.is_empty() {
        return Err(Refusal::coded("invalidParameter.userIds.empty", "userIds is empty"));
    }
    check_count(to.len(), MOST_RECIPIENTS)?;
    let message = forms::read_template(&key, &param)?;
    if call.state.faults.holds_back {
        return wire(SendReport {
            process_query_key: String::new(),
            invalid_staff_id_list: Vec::new(),
            flow_controlled_staff_id_list: to.into_iter().map(id).collect::<Result<_, _>>()?,
        });
    }
    let sent = call.state.tenancy.robot_sends(&to, &message, call.now)?;
    wire(SendReport {
        process_query_key: sent.key,
        invalid_staff_id_list: sent.unknown.into_iter().map(id).collect::<Result<_, _>>()?,
        flow_controlled_staff_id_list: Vec::new(),
    })
}

pub(super) fn read_status(mut call: Call<'_>) -> Result<Value, Refusal> {
    let robot = call.query.text("robotCode")?;
    let key = call.query.text("processQueryKey")?;
    call.read_whole()?;
    check_robot(&call, robot)?;
    let tenancy = &call.state.tenancy;
    let state = tenancy.read_state(&key, None, call.now)?;
    let people = state.people.into_iter().map(|(userid, read)| {
        let name = tenancy.directory.person(&userid).map(|person| person.name.clone()).unwrap_or_default();
        let read_status = if read { ReadStatus::Read } else { ReadStatus::Unread };
        Ok(ReadInfo { user_id: id(userid)?, name, read_status })
    });
    wire(PeopleRead {
        send_status: send_status(state.recalled),
        message_read_info_list: people.collect::<Result<_, Refusal>>()?,
    })
}

pub(super) fn recall(call: Call<'_>) -> Result<Value, Refusal> {
    recall_in(call, None)
}

/// Each key is taken back by itself; those that cannot be are named with the reason.
pub(super) fn recall_in(mut call: Call<'_>, group: Option<&str>) -> Result<Value, Refusal> {
    let robot = call.body.text("robotCode")?;
    let keys = call.body.texts("processQueryKeys")?;
    call.read_whole()?;
    check_robot(&call, robot)?;
    if keys.is_empty() {
        return Err(Refusal::coded("invalidParameter.processQueryKey.missing", "no processQueryKeys"));
    }
    if keys.len() > MOST_KEYS {
        let why = format!("{} processQueryKeys, at most {MOST_KEYS}", keys.len());
        return Err(Refusal::coded("invalidParameter.processQueryKeys.overMax", why));
    }
    let mut report = RecallReport::default();
    for key in keys {
        match call.state.tenancy.recall(&key, group, call.now) {
            Ok(()) => report.success_result.push(key),
            Err(refusal) => drop(report.failed_result.insert(key, refusal.code().to_owned())),
        }
    }
    wire(report)
}

/// No token: who has the address may answer, for ninety minutes.
pub(super) fn send_by_session(mut call: Call<'_>) -> Result<Value, Refusal> {
    let session = call.query.text("session")?;
    let body = call.whole_body()?;
    call.read_whole()?;
    let webhook = forms::read_webhook(body)?;
    if let Some(message) = webhook.message {
        call.state.tenancy.robot_answers(&session, message, &webhook.mentions, call.now)?;
    }
    Ok(json!({}))
}

pub(super) fn file(mut call: Call<'_>) -> Result<Value, Refusal> {
    let code = call.body.text("downloadCode")?;
    let robot = call.body.text("robotCode")?;
    call.read_whole()?;
    check_robot(&call, robot)?;
    let file = call.state.tenancy.media.redeem(&code, call.now)?;
    // On the platform this is another host: a storage that knows nothing of tokens.
    wire(FileAnswer { download_url: crate::control::media_address(call.platform, &file.id) })
}

pub(super) fn check_robot(call: &Call<'_>, robot: String) -> Result<(), Refusal> {
    if robot == call.world.robot_code() { Ok(()) } else { Err(Refusal::RobotCode(robot)) }
}

pub(super) fn send_status(recalled: bool) -> SendStatus {
    if recalled { SendStatus::Recalled } else { SendStatus::Success }
}
