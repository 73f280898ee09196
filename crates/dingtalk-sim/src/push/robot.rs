//! A person speaks to the robot, alone or by a mention in a group: the message is shown, posted to the app's robot address once, and
//! whatever the HTTP answer says is shown too. Nobody tries again: the platform does not.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use dingtalk_callback::robot::sign;
use serde_json::{Map, Value, json};

use crate::config::Transport;
use crate::forms::{self, Webhook};
use crate::gateway;
use crate::push::file::SentFile;
use crate::shared::{Shared, State};
use crate::stopwatch::Stopwatch;
use crate::wire_log::{Direction, NewExchange};
use crate::world::{Message, Person, Place, Received, Refusal};

/// The platform does not say how long it waits; an answer later than this goes through the session webhook.
const PATIENCE: Duration = Duration::from_secs(5);

/// Something that the app is told, and where the answer goes.
struct Heard {
    received: Received,
    person: Person,
    place: Place,
    /// What only this kind of message and of conversation has.
    fields: Value,
}

/// A person types to the robot. Returns when the app has answered, or has not within [`PATIENCE`].
pub(crate) async fn say(shared: &Arc<Shared>, userid: &str, text: &str) -> Result<(), Refusal> {
    let heard = shared.change(|state, now| {
        let message = Message::Text { text: text.to_owned() };
        alone(state, userid, message, json!({"msgtype": "text", "text": {"content": text}}), now)
    })?;
    tell(shared, heard).await;
    Ok(())
}

/// A person sends the robot a picture, a recording, a film or a file.
pub(crate) async fn send_file(shared: &Arc<Shared>, userid: &str, file: SentFile) -> Result<(), Refusal> {
    let heard = shared.change(|state, now| {
        let tenancy = &mut state.tenancy;
        let media = tenancy.media.keep(file.media_kind(), &file.name, &file.bytes, &mut tenancy.ids, now);
        let code = tenancy.media.download_code(&media, &mut tenancy.ids, now);
        alone(state, userid, file.message(media), file.fields(&code), now)
    })?;
    tell(shared, heard).await;
    Ok(())
}

fn alone(
    state: &mut State,
    userid: &str,
    message: Message,
    fields: Value,
    now: DateTime<Utc>,
) -> Result<Heard, Refusal> {
    let received = state.tenancy.say(userid, message, now)?;
    let person = state.tenancy.directory.person(userid)?.clone();
    let mut all = json!({"conversationId": format!("cid{}", person.unionid), "conversationType": "1"});
    extend(&mut all, fields);
    Ok(Heard { received, place: Place::People(vec![userid.to_owned()]), person, fields: all })
}

/// A member writes in a group. The app hears of it only if the robot is mentioned.
pub(crate) async fn say_in_group(
    shared: &Arc<Shared>,
    group: &str,
    userid: &str,
    text: &str,
) -> Result<(), Refusal> {
    let robot = &shared.world.app.robot_name;
    let heard = shared.change(|state, now| {
        let Some(received) = state.tenancy.say_in_group(group, userid, text, robot, now)? else {
            return Ok(None);
        };
        let person = state.tenancy.directory.person(userid)?.clone();
        let title = state.tenancy.groups.group(group).map(|group| group.title.clone());
        let fields = json!({
            "conversationId": group,
            "conversationType": "2",
            "conversationTitle": title,
            "atUsers": [{"dingtalkId": bot(shared)}],
            "isInAtList": true,
            "msgtype": "text",
            // The mention goes, the space behind it stays.
            "text": {"content": text.replacen(&format!("@{robot}"), "", 1)},
        });
        Ok::<_, Refusal>(Some(Heard { received, person, place: Place::Group(group.to_owned()), fields }))
    })?;
    if let Some(heard) = heard {
        tell(shared, heard).await;
    }
    Ok(())
}

async fn tell(shared: &Arc<Shared>, heard: Heard) {
    if shared.read(|state| state.faults.down) {
        return;
    }
    let body = message(shared, &heard);
    if shared.world.app.robot_transport == Transport::Stream {
        return gateway::robot(shared, &body, &heard.person.name).await;
    }
    let address = shared.read(|state| state.app.as_ref().and_then(|app| app.robot_url.clone()));
    let Some(address) = address else { return };
    let timestamp = heard.received.at.timestamp_millis().to_string();
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
            && let Ok(Some(Webhook { message: Some(message), mentions, .. })) = read_answer(answer.clone())
        {
            state.tenancy.robot_says_at(&heard.place, message, &mentions, now);
        }
        let exchange = NewExchange {
            direction: Direction::Push,
            what: format!("{}对机器人说话", heard.person.name),
            method: "POST".to_owned(),
            path: address,
            status,
            ms: watch.ms(),
            request: body,
            response: answer,
        };
        state.wire.add(exchange, now);
    });
}

/// An answer that is no message is an acknowledgement.
fn read_answer(answer: Value) -> Result<Option<Webhook>, Refusal> {
    if answer.get("msgtype").is_none() {
        return Ok(None);
    }
    forms::read_webhook(answer).map(Some)
}

fn bot(shared: &Shared) -> String {
    format!("$:LWCP_v1:$bot{}", shared.world.robot_code())
}

fn message(shared: &Shared, heard: &Heard) -> Value {
    let Heard { received, person, fields, .. } = heard;
    let corp = &shared.world.corp.id;
    let mut body = json!({
        "chatbotCorpId": corp,
        "chatbotUserId": bot(shared),
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
    });
    extend(&mut body, fields.clone());
    if let Some(fields) = body.as_object_mut().filter(|_| !received.within_quota) {
        fields.remove("text");
        fields.remove("content");
        fields.insert("errorCode".to_owned(), json!(20001));
        fields.insert("errorMessage".to_owned(), json!("the month's deliveries are used up"));
    }
    body
}

fn extend(body: &mut Value, fields: Value) {
    let fields = if let Value::Object(fields) = fields { fields } else { Map::new() };
    if let Some(body) = body.as_object_mut() {
        body.extend(fields);
    }
}
