//! Groups as people use them.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::config::CustomRobot;
use crate::control::answer::{Answer, done, told};
use crate::shared::{Shared, State};
use crate::tenant::GroupHandle;
use crate::world::{Group, GroupLine, GroupSpeaker, Message};

pub(super) async fn list(shared: web::Data<Arc<Shared>>) -> HttpResponse {
    told(shared.read(|state| state.tenancy.groups.all().to_vec()))
}

/// Who looks.
#[derive(Deserialize)]
pub(super) struct Reader {
    userid: Option<String>,
}

pub(super) async fn chat(
    shared: web::Data<Arc<Shared>>,
    id: web::Path<String>,
    reader: web::Query<Reader>,
) -> HttpResponse {
    let group = GroupHandle::new(&shared, &id);
    let lines: Vec<_> = shared.read(|state| {
        let found = state.tenancy.groups.group(&id);
        found
            .into_iter()
            .flat_map(|group| &group.lines)
            .map(|line| shown(state, line, reader.userid.as_deref()))
            .collect()
    });
    let edits = shared.read(|state| state.tenancy.groups.group(&id).map(|group| group.edits));
    told(json!({"id": *id, "lines": lines, "edits": edits, "text": group.chat()}))
}

/// A line with the name of whoever spoke, and of those who are mentioned. A card is as the reader sees it.
fn shown(state: &State, line: &GroupLine, reader: Option<&str>) -> Value {
    let name = |userid: &String| {
        state
            .tenancy
            .directory
            .person(userid)
            .map_or_else(|_gone| userid.clone(), |person| person.name.clone())
    };
    let mut shown = json!(line);
    if let Some(fields) = shown.as_object_mut() {
        let speaker = match &line.by {
            GroupSpeaker::Person(userid) => json!({"kind": "person", "userid": userid, "name": name(userid)}),
            GroupSpeaker::Robot => json!({"kind": "robot"}),
            GroupSpeaker::CustomRobot(robot) => json!({"kind": "custom_robot", "name": robot}),
        };
        fields.insert("by".to_owned(), speaker);
        fields.insert("mentioned".to_owned(), line.mentions.iter().map(name).collect());
        if let (Message::Interactive { card, .. }, Some(reader)) = (&line.message, reader)
            && let Some(face) = state.tenancy.card_face(card, reader)
        {
            let message = Message::Interactive { card: card.clone(), face };
            fields.insert("message".to_owned(), json!(message));
        }
    }
    shown
}

/// What a person's list of chats shows of a group.
pub(super) fn seen_by(group: &Group, userid: &str) -> Value {
    json!({
        "id": group.id,
        "title": group.title,
        "members": group.members.len(),
        "robot": group.robot,
        "lines": group.lines.last().map_or(0, |line| line.number),
        "edits": group.edits,
        // Grows whenever a member reads a line.
        "reads": group.lines.iter().map(|line| line.read_by.len()).sum::<usize>(),
        "unread": group.unread(userid),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Say {
    group: String,
    userid: String,
    text: String,
}

pub(super) async fn say(shared: web::Data<Arc<Shared>>, body: web::Json<Say>) -> Answer {
    GroupHandle::new(&shared, &body.group).says(&body.userid, &body.text).await?;
    Ok(done())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ByMember {
    group: String,
    userid: String,
}

pub(super) async fn open(shared: web::Data<Arc<Shared>>, body: web::Json<ByMember>) -> Answer {
    GroupHandle::new(&shared, &body.group).read_by(&body.userid)?;
    Ok(done())
}

pub(super) async fn leave(shared: web::Data<Arc<Shared>>, body: web::Json<ByMember>) -> Answer {
    GroupHandle::new(&shared, &body.group).left_by(&body.userid)?;
    Ok(done())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Robot {
    group: String,
    present: bool,
}

pub(super) async fn robot(shared: web::Data<Arc<Shared>>, body: web::Json<Robot>) -> Answer {
    GroupHandle::new(&shared, &body.group).robot(body.present)?;
    Ok(done())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Webhook {
    group: String,
    robot: CustomRobot,
}

pub(super) async fn custom_robot(shared: web::Data<Arc<Shared>>, body: web::Json<Webhook>) -> Answer {
    let Webhook { group, robot } = body.into_inner();
    GroupHandle::new(&shared, &group).add_custom_robot(robot)?;
    Ok(done())
}
