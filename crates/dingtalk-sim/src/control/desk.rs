//! Chats and phones.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use crate::config::CodeKind;
use crate::control::answer::{Answer, Refused, done, told};
use crate::push;
use crate::shared::Shared;
use crate::tenant::{Member, PhoneHandle};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Say {
    userid: String,
    text: String,
}

pub(super) async fn say(shared: web::Data<Arc<Shared>>, body: web::Json<Say>) -> Answer {
    push::say(&shared, &body.userid, &body.text).await?;
    Ok(done())
}

pub(super) async fn chat(shared: web::Data<Arc<Shared>>, userid: web::Path<String>) -> HttpResponse {
    let member = Member::new(&shared, &userid);
    let (lines, edits) = (member.messages(), member.edits());
    told(json!({"userid": *userid, "lines": lines, "edits": edits, "text": member.chat()}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Who {
    userid: String,
    #[serde(default)]
    kind: CodeKind,
}

/// Somebody opens the chat with the robot.
pub(super) async fn open(shared: web::Data<Arc<Shared>>, body: web::Json<Who>) -> Answer {
    Member::new(&shared, &body.userid).reads()?;
    Ok(done())
}

pub(super) async fn auth_code(shared: web::Data<Arc<Shared>>, body: web::Json<Who>) -> Answer {
    Ok(told(json!({ "code": Member::new(&shared, &body.userid).code(body.kind)? })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhoneChange {
    /// Who holds it from now on.
    user: Option<String>,
    /// What the camera sees next.
    scan: Option<String>,
    /// What the next dictation hears.
    speech: Option<String>,
    #[serde(default)]
    hang_up: bool,
    #[serde(default)]
    forget_cookies: bool,
}

pub(super) async fn phone(
    shared: web::Data<Arc<Shared>>,
    number: web::Path<usize>,
    body: web::Json<PhoneChange>,
) -> Answer {
    let phone = PhoneHandle::new(&shared, *number);
    if phone.user().is_none() {
        return Err(Refused(format!("there is no phone {number}")));
    }
    if let Some(user) = &body.user {
        phone.hand_to(user)?;
    }
    if let Some(content) = &body.scan {
        phone.will_scan(content);
    }
    if let Some(speech) = &body.speech {
        phone.will_hear(speech);
    }
    if body.hang_up {
        phone.hang_up();
    }
    if body.forget_cookies {
        phone.forget_cookies();
    }
    Ok(done())
}
