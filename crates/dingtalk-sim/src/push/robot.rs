//! A person types to the robot: the message is shown, posted to the app's robot address once, and whatever the
//! HTTP answer says is shown too. Nobody tries again: the platform does not.

use std::sync::Arc;
use std::time::Duration;

use dingtalk_callback::robot::sign;
use serde_json::{Value, json};

use crate::config::Transport;
use crate::forms;
use crate::gateway;
use crate::shared::Shared;
use crate::stopwatch::Stopwatch;
use crate::wire_log::{Direction, NewExchange};
use crate::world::{Message, Person, Received, Refusal, Speaker};

/// The platform does not say how long it waits; an answer later than this goes through the session webhook.
const PATIENCE: Duration = Duration::from_secs(5);

/// Returns when the app has answered, or has not within [`PATIENCE`].
pub(crate) async fn say(shared: &Arc<Shared>, userid: &str, text: &str) -> Result<(), Refusal> {
    let (received, person, address) = shared.change(|state, now| {
        let received = state.tenancy.say(userid, text, now)?;
        let person = state.tenancy.directory.person(userid)?.clone();
        let address = state.app.as_ref().and_then(|app| app.robot_url.clone());
        Ok::<_, Refusal>((received, person, address))
    })?;
    let body = message(shared, &received, &person, text);
    if shared.world.app.robot_transport == Transport::Stream {
        gateway::robot(shared, &body, &person.name).await;
        return Ok(());
    }
    let Some(address) = address else { return Ok(()) };
    let timestamp = received.at.timestamp_millis().to_string();
    let watch = Stopwatch::start();
    let answer = shared
        .platform
        .post(&address)
        .header("timestamp", &timestamp)
        .header("sign", sign(&shared.world.app.client_secret, &timestamp))
        .json(&body)
        .timeout(PATIENCE)
        .send()
        .await;
    let (status, answer) = match answer {
        Ok(answer) => (answer.status().as_u16(), answer.text().await.unwrap_or_default()),
        Err(error) => (0, crate::reason::of(error)),
    };
    let answer = serde_json::from_str(&answer).unwrap_or(Value::String(answer));
    shared.change(|state, now| {
        if status == 200
            && let Ok(Some(message)) = read_answer(answer.clone())
        {
            state.tenancy.write(userid, Speaker::Robot, message, now);
        }
        let exchange = NewExchange {
            direction: Direction::Push,
            what: format!("{}对机器人说话", person.name),
            method: "POST".to_owned(),
            path: address,
            status,
            ms: watch.ms(),
            request: body,
            response: answer,
        };
        state.wire.add(exchange, now);
    });
    Ok(())
}

/// An answer that is no message is an acknowledgement.
fn read_answer(answer: Value) -> Result<Option<Message>, Refusal> {
    if answer.get("msgtype").is_none() {
        return Ok(None);
    }
    forms::read_webhook(answer)
}

fn message(shared: &Shared, received: &Received, person: &Person, text: &str) -> Value {
    let corp = &shared.world.corp.id;
    let mut body = json!({
        "conversationId": format!("cid{}", person.unionid),
        "conversationType": "1",
        "chatbotCorpId": corp,
        "chatbotUserId": format!("$:LWCP_v1:$bot{}", shared.world.robot_code()),
        "msgId": received.message_id,
        "senderNick": person.name,
        "isAdmin": false,
        "senderStaffId": person.userid,
        "senderCorpId": corp,
        "senderId": format!("$:LWCP_v1:${}", person.unionid),
        "createAt": received.at.timestamp_millis(),
        "sessionWebhook": shared.session_webhook(&received.session),
        "sessionWebhookExpiredTime": received.expires_at.timestamp_millis(),
        "robotCode": shared.world.robot_code(),
        "msgtype": "text",
    });
    if let Some(fields) = body.as_object_mut() {
        if received.within_quota {
            fields.insert("text".to_owned(), json!({ "content": text }));
        } else {
            fields.insert("errorCode".to_owned(), json!(20001));
            fields.insert("errorMessage".to_owned(), json!("the month's deliveries are used up"));
        }
    }
    body
}
