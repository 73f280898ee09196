//! Robots in groups: the app's own and those with a webhook.

use dingtalk::robot::{GroupReadPage, GroupRobot, GroupRobots, GroupSendAnswer};
use serde_json::{Value, json};

use super::robot::{check_robot, recall_in, send_status};
use crate::forms;
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{Refusal, WebhookCall};

const MOST_PARAM_BYTES: usize = 15_000;
const LARGEST_PAGE: usize = 200;

pub(super) fn send(mut call: Call<'_>) -> Result<Value, Refusal> {
    let robot = call.body.text("robotCode")?;
    let group = call.body.text("openConversationId")?;
    let (key, param) = (call.body.text("msgKey")?, call.body.text("msgParam")?);
    call.body.ignore(&["coolAppCode"])?;
    call.read_whole()?;
    check_robot(&call, robot)?;
    if param.len() > MOST_PARAM_BYTES {
        let why = format!("msgParam has {} bytes, at most {MOST_PARAM_BYTES}", param.len());
        return Err(Refusal::coded("invalidParameter.msgParam.tooLong", why));
    }
    let message = forms::read_template(&key, &param)?;
    let process_query_key = call.state.tenancy.robot_says_in_group(&group, message, call.now)?;
    wire(GroupSendAnswer { process_query_key })
}

pub(super) fn query(mut call: Call<'_>) -> Result<Value, Refusal> {
    let group = call.body.text("openConversationId")?;
    let robot = call.body.optional_text("robotCode")?;
    let key = call.body.text("processQueryKey")?;
    let size = call.body.optional_number("maxResults")?.unwrap_or(50);
    let from = call.body.optional_text("nextToken")?.filter(|token| !token.is_empty());
    call.read_whole()?;
    if let Some(robot) = robot {
        check_robot(&call, robot)?;
    }
    let size = usize::try_from(size).unwrap_or(0);
    if size == 0 || size > LARGEST_PAGE {
        let why = format!("maxResults must be 1 to {LARGEST_PAGE}");
        return Err(Refusal::coded("invalidParameter.pageSize.invalid", why));
    }
    let state = call.state.tenancy.read_state(&key, Some(&group), call.now)?;
    let from = from.map_or(Ok(0), |token| token.parse::<usize>());
    let from = from.map_err(|_no_token| Refusal::Parameter("nextToken is not one of ours".to_owned()))?;
    let readers: Vec<_> = state.people.into_iter().filter(|(_, read)| *read).skip(from).collect();
    let has_more = readers.len() > size;
    let page = readers.into_iter().take(size).map(|(userid, _)| id(userid));
    wire(GroupReadPage {
        send_status: send_status(state.recalled),
        read_user_ids: page.collect::<Result<_, _>>()?,
        next_token: has_more.then(|| (from + size).to_string()),
        has_more,
    })
}

pub(super) fn recall(mut call: Call<'_>) -> Result<Value, Refusal> {
    let group = call.body.text("openConversationId")?;
    recall_in(call, Some(&group))
}

pub(super) fn robots(mut call: Call<'_>) -> Result<Value, Refusal> {
    let group = call.body.text("openConversationId")?;
    call.read_whole()?;
    let Some(group) = call.state.tenancy.groups.group(&group).filter(|group| !group.disbanded) else {
        return Err(Refusal::coded("illegal.openconevrsation.id", "无效的会话id"));
    };
    let kind = if group.template.is_some() { 4 } else { 2 };
    let own = group.robot.then(|| {
        let robot_code = Some(id(call.world.robot_code().to_owned())?);
        Ok(GroupRobot { robot_code, name: call.world.app.robot_name.clone(), icon_url: None, kind })
    });
    let webhooks = group.custom_robots.iter().map(|robot| {
        Ok(GroupRobot { robot_code: None, name: robot.setting.name.clone(), icon_url: None, kind: 1 })
    });
    wire(GroupRobots { robots: own.into_iter().chain(webhooks).collect::<Result<_, Refusal>>()? })
}

/// A webhook robot: its own token in the query, and a signature where it was set so.
pub(super) fn send_custom(mut call: Call<'_>) -> Result<Value, Refusal> {
    let timestamp = call.query.optional_text("timestamp")?;
    let sign = call.query.optional_text("sign")?;
    let body = call.whole_body()?;
    call.read_whole()?;
    let webhook = forms::read_webhook(body)?;
    let Some(message) = webhook.message else {
        return Err(Refusal::old(400_105, "不支持的消息类型: empty"));
    };
    let given = WebhookCall {
        token: call.token.clone().unwrap_or_default(),
        signature: timestamp.zip(sign),
        uuid: webhook.uuid,
    };
    let sign = dingtalk_callback::robot::sign;
    call.state.tenancy.webhook_says(given, message, &webhook.mentions, sign, call.now)?;
    Ok(json!({}))
}
