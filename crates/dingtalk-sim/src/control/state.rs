//! What the console shows, in one answer with a version: unchanged is a 304.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::http::header::{ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::control::answer::told;
use crate::control::groups;
use crate::shared::{Shared, State};
use crate::world::Person;

/// A list to choose from must stay one: who is missing can be named in the world file.
const MOST_SHOWN: usize = 200;

pub(super) async fn state(shared: web::Data<Arc<Shared>>, request: HttpRequest) -> HttpResponse {
    // The clock runs on in the browser; only a turn of it is a change.
    let version = format!("\"{}-{}\"", shared.version(), shared.clock.offset().num_seconds());
    let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known == Some(version.as_str()) {
        return HttpResponse::NotModified().finish();
    }
    let shown = shared.read(|state| whole(&shared, state));
    HttpResponse::Ok().insert_header((ETAG, version)).json(shown)
}

fn whole(shared: &Shared, state: &State) -> Value {
    let world = &shared.world;
    let people: Vec<_> = shown_people(shared, state).into_iter().map(|person| one(state, person)).collect();
    let phones: Vec<_> = world
        .phones
        .iter()
        .enumerate()
        .map(|(number, phone)| {
            let frame = state.frames.get(number);
            json!({
                "number": number,
                "name": phone.name,
                "kind": phone.kind,
                "url": shared.addresses.phones.get(number),
                "people": phone.people,
                "user": frame.map(|frame| &frame.user),
                "title": frame.and_then(|frame| frame.title.as_ref()),
                "calling": frame.and_then(|frame| frame.calling.as_ref()),
            })
        })
        .collect();
    json!({
        "corp": world.corp.name,
        "app": {"name": world.app.name, "robot": world.app.robot_name, "commands": world.app.robot_commands, "connected": state.app},
        "clock": crate::control::clock::reading(&shared.clock),
        "people": people,
        "phones": phones,
        "quota": state.tenancy.quota,
        "pushes": {"waiting": state.pushes.waiting().len(), "failed": state.pushes.failed().len()},
        "faults": {"calls": state.faults.planned(), "events": state.faults.events, "down": state.faults.down},
        "wire": state.wire.last(),
    })
}

/// Everybody who can hold a phone; all, up to a number, when a phone says nothing.
fn shown_people<'a>(shared: &Shared, state: &'a State) -> Vec<&'a Person> {
    let directory = &state.tenancy.directory;
    if shared.world.phones.iter().any(|phone| phone.people.is_empty()) {
        return directory.people().take(MOST_SHOWN).collect();
    }
    let named: BTreeSet<&str> = shared
        .world
        .phones
        .iter()
        .flat_map(|phone| phone.people.iter().chain([&phone.user]))
        .map(String::as_str)
        .collect();
    named.into_iter().filter_map(|userid| directory.person(userid).ok()).collect()
}

fn one(state: &State, person: &Person) -> Value {
    let userid = &person.userid;
    let chat = state.tenancy.chat(userid);
    let waiting = state.tenancy.instances().filter(|instance| instance.waits_for(userid)).count();
    let approvals: u64 = state
        .tenancy
        .instances()
        .filter(|one| one.concerns(userid))
        .map(|one| 1 + one.records.len() as u64)
        .sum();
    let (open, todos) = state.tenancy.todo_marks(&person.unionid);
    json!({
        "userid": userid,
        "name": person.name,
        "title": person.title,
        // The number of the newest line, and how many there are.
        "lines": chat.lines.last().map_or(0, |line| line.number),
        "chat": chat.lines.len(),
        // Grows when a line that was there changes.
        "edits": chat.edits,
        "unread": chat.lines.iter().filter(|line| !line.read && !line.recalled).count(),
        "groups": state.tenancy.groups.of(userid).map(|group| groups::seen_by(group, userid)).collect::<Vec<_>>(),
        "waiting": waiting,
        // Changes whenever one of this person's approvals does.
        "approvals": approvals,
        "open_todos": open,
        // Changes whenever one of this person's to-dos does.
        "todos": todos,
    })
}

pub(super) async fn stories(shared: web::Data<Arc<Shared>>) -> HttpResponse {
    told(&shared.world.stories)
}

#[derive(Deserialize)]
pub(super) struct Since {
    #[serde(default)]
    since: u64,
}

pub(super) async fn wire(shared: web::Data<Arc<Shared>>, query: web::Query<Since>) -> HttpResponse {
    told(shared.read(|state| state.wire.since(query.since).cloned().collect::<Vec<_>>()))
}

pub(super) async fn sent(shared: web::Data<Arc<Shared>>) -> HttpResponse {
    let sent = shared.read(|state| state.tenancy.received_by_people());
    told(sent.into_iter().map(|(userid, line)| json!({"userid": userid, "line": line})).collect::<Vec<_>>())
}
