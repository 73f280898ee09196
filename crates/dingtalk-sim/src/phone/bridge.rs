//! What the container does for a page: a sign-in code, a title, a scan, a call, a place, a voice.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::config::CodeKind;
use crate::phone::port::Phone;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AuthCode {
    corp_id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Title {
    title: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Number {
    number: String,
}

pub(super) async fn auth_code(phone: web::Data<Phone>, body: web::Json<AuthCode>) -> HttpResponse {
    if body.corp_id != phone.shared.world.corp.id {
        return refused("corpId 不是本组织的");
    }
    let issued = phone.shared.change(|state, now| {
        let user = state.frames.get(phone.number).map(|frame| frame.user.clone()).unwrap_or_default();
        state.tenancy.issue_code(&user, CodeKind::SignIn, now)
    });
    match issued {
        Ok(code) => given(&json!(code)),
        Err(refusal) => refused(&refusal.to_string()),
    }
}

pub(super) async fn title(phone: web::Data<Phone>, body: web::Json<Title>) -> HttpResponse {
    phone.frame(|frame| frame.title = Some(body.into_inner().title));
    given(&Value::Null)
}

pub(super) async fn call(phone: web::Data<Phone>, body: web::Json<Number>) -> HttpResponse {
    phone.frame(|frame| frame.calling = Some(body.into_inner().number));
    given(&Value::Null)
}

pub(super) async fn scan(phone: web::Data<Phone>) -> HttpResponse {
    given(&json!(phone.frame(|frame| frame.scan.take()).flatten()))
}

pub(super) async fn speech(phone: web::Data<Phone>) -> HttpResponse {
    given(&json!(phone.frame(|frame| frame.speech.take()).flatten()))
}

/// Everybody is by the West Lake.
pub(super) async fn locate() -> HttpResponse {
    given(
        &json!({"latitude": 30.2489, "longitude": 120.1486, "accuracy": 30, "address": "浙江省杭州市西湖区"}),
    )
}

fn given(value: &Value) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "value": value }))
}

fn refused(message: &str) -> HttpResponse {
    HttpResponse::BadRequest().json(json!({ "message": message }))
}
