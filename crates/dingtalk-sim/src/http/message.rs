//! What the app says to people: as the robot, in answer to somebody, or as a work notice.

use dingtalk::robot::SendReport;
use serde_json::{Value, json};

use crate::forms;
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::http::endpoint::Cost::{Counted, Free};
use crate::http::endpoint::{Endpoint, new, old};
use crate::world::Refusal;

const MOST_ROBOT_RECIPIENTS: usize = 20;
const MOST_NOTICE_RECIPIENTS: usize = 100;

pub(super) const CALLS: &[Endpoint] = &[
    new("POST", "/v1.0/robot/oToMessages/batchSend", Counted, "机器人发消息", batch_send)
        .needs("qyapi_robot_sendmsg"),
    old("POST", "/robot/sendBySession", Free, "机器人回话", send_by_session).open(),
    old("POST", "/topapi/message/corpconversation/asyncsend_v2", Counted, "发工作通知", work_notice)
        .needs("qyapi_base"),
];

fn batch_send(mut call: Call<'_>) -> Result<Value, Refusal> {
    let robot = call.body.text("robotCode")?;
    let to = call.body.texts("userIds")?;
    let (key, param) = (call.body.text("msgKey")?, call.body.text("msgParam")?);
    call.read_whole()?;
    if robot != call.world.robot_code() {
        return Err(Refusal::RobotCode(robot));
    }
    if to.is_empty() {
        return Err(Refusal::Parameter("userIds is empty".to_owned()));
    }
    check_count(to.len(), MOST_ROBOT_RECIPIENTS)?;
    let message = forms::read_template(&key, &param)?;
    if call.state.faults.holds_back {
        return wire(SendReport {
            process_query_key: String::new(),
            invalid_staff_id_list: Vec::new(),
            flow_controlled_staff_id_list: to.into_iter().map(id).collect::<Result<_, _>>()?,
        });
    }
    let sent = call.state.tenancy.robot_sends(&to, &message, call.now);
    wire(SendReport {
        process_query_key: sent.key,
        invalid_staff_id_list: sent.unknown.into_iter().map(id).collect::<Result<_, _>>()?,
        flow_controlled_staff_id_list: Vec::new(),
    })
}

/// No token: who has the address may answer, for ninety minutes.
fn send_by_session(mut call: Call<'_>) -> Result<Value, Refusal> {
    let session = call.query.text("session")?;
    let body = call.whole_body()?;
    call.read_whole()?;
    if let Some(message) = forms::read_webhook(body)? {
        call.state.tenancy.robot_answers(&session, message, call.now)?;
    }
    Ok(json!({}))
}

fn work_notice(mut call: Call<'_>) -> Result<Value, Refusal> {
    let agent = call.body.number("agent_id")?;
    let listed = call.body.optional_text("userid_list")?.unwrap_or_default();
    let everybody = call.body.flag("to_all_user")?;
    call.body.ignore(&["dept_id_list"]);
    let msg = call.body.object_or_text("msg")?;
    call.read_whole()?;
    if agent != call.world.app.agent_id {
        return Err(Refusal::AgentId(agent));
    }
    let to: Vec<String> = if everybody {
        call.state.tenancy.directory.people().map(|person| person.userid.clone()).collect()
    } else {
        listed.split(',').map(str::trim).filter(|userid| !userid.is_empty()).map(str::to_owned).collect()
    };
    if to.is_empty() {
        return Err(Refusal::Parameter("nobody is addressed".to_owned()));
    }
    if !everybody {
        check_count(to.len(), MOST_NOTICE_RECIPIENTS)?;
    }
    msg.check_size(forms::LARGEST_NOTICE)?;
    let message = forms::read_notice(msg)?;
    let task_id = call.state.tenancy.notify(to, message, call.now);
    Ok(json!({ "task_id": task_id }))
}

fn check_count(given: usize, most: usize) -> Result<(), Refusal> {
    if given > most { Err(Refusal::TooMany { given, most }) } else { Ok(()) }
}
