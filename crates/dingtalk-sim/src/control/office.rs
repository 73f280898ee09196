//! Cards, to-dos and check-ins of a person.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use crate::control::answer::{Answer, done, told};
use crate::push;
use crate::shared::Shared;
use crate::tenant::Days;
use crate::world::Todo;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Press {
    userid: String,
    card: String,
    button: String,
}

pub(super) async fn press(shared: web::Data<Arc<Shared>>, body: web::Json<Press>) -> Answer {
    push::press(&shared, &body.userid, &body.card, &body.button).await?;
    Ok(done())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Whose {
    userid: String,
}

/// What somebody has to do: what is open first, the newest before the oldest.
pub(super) async fn todos(shared: web::Data<Arc<Shared>>, query: web::Query<Whose>) -> HttpResponse {
    let days = Days::new(&shared, &query.userid);
    let unionid = days.unionid().unwrap_or_default();
    let mut todos = days.todos();
    todos.reverse();
    todos.sort_by_key(|todo| todo.is_done_for(&unionid));
    let shown = |todo: &Todo| {
        json!({
            "id": todo.id,
            "subject": todo.subject,
            "lines": todo.lines,
            "due_at": todo.due_at,
            "url": todo.app_url,
            "priority": todo.priority,
            "to_read": todo.to_read,
            "done": todo.is_done_for(&unionid),
            "created_at": todo.created_at,
        })
    };
    told(todos.iter().map(shown).collect::<Vec<_>>())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckedIn {
    userid: String,
    place: String,
    longitude: f64,
    latitude: f64,
}

pub(super) async fn check_in(shared: web::Data<Arc<Shared>>, body: web::Json<CheckedIn>) -> Answer {
    Days::new(&shared, &body.userid).checks_in(&body.place, (body.longitude, body.latitude))?;
    Ok(done())
}
