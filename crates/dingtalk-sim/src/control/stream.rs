//! The connections of Stream mode.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use crate::control::answer::{Answer, Refused, done, told};
use crate::shared::Shared;
use crate::tenant::Stream;

pub(super) async fn show(shared: web::Data<Arc<Shared>>) -> HttpResponse {
    let stream = Stream::new(&shared);
    told(json!({"connections": stream.connections(), "complaints": stream.complaints()}))
}

pub(super) async fn ping(shared: web::Data<Arc<Shared>>) -> HttpResponse {
    told(json!({ "echoes": Stream::new(&shared).ping().await }))
}

/// One connection, or all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    connection: Option<String>,
}

pub(super) async fn disconnect(shared: web::Data<Arc<Shared>>, body: web::Json<Which>) -> Answer {
    each(&shared, &body, Stream::disconnect)
}

pub(super) async fn cut(shared: web::Data<Arc<Shared>>, body: web::Json<Which>) -> Answer {
    each(&shared, &body, Stream::cut)
}

fn each(shared: &Arc<Shared>, which: &Which, order: fn(&Stream, &str) -> bool) -> Answer {
    let stream = Stream::new(shared);
    let all = stream.connections().into_iter().map(|one| one.id);
    let meant = all.filter(|id| which.connection.as_ref().is_none_or(|wanted| wanted == id));
    match meant.filter(|id| order(&stream, id)).count() {
        0 => Err(Refused("there is no such connection".to_owned())),
        _ => Ok(done()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    connection: String,
    text: String,
}

/// Any text at all: how does the app take what is no frame?
pub(super) async fn raw(shared: web::Data<Arc<Shared>>, body: web::Json<Raw>) -> Answer {
    if Stream::new(&shared).send_text(&body.connection, &body.text) {
        return Ok(done());
    }
    Err(Refused("there is no such connection".to_owned()))
}
