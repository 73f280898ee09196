//! DingTalk's sign-in page for browsers: it shows who could scan the code, and sends the browser back with one.

use std::fmt::Write as _;
use std::sync::Arc;

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use url::Url;

use crate::config::{App, CodeKind};
use crate::shared::Shared;

/// More names than this nobody looks through; the form takes any userid.
const MOST_SHOWN: usize = 200;

/// Which person stands before the page: the simulator's own parameter.
const WHO: &str = "sim_userid";

pub(crate) fn configure(config: &mut ServiceConfig) {
    config.route("/oauth2/auth", web::get().to(page));
}

async fn page(shared: web::Data<Arc<Shared>>, request: HttpRequest) -> HttpResponse {
    let asked: Vec<(String, String)> =
        url::form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
    let value = |name: &str| asked.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let back = match checked(&shared.world.app, &asked) {
        Ok(back) => back,
        Err(mistake) => return html(400, &format!("<p>{}</p>", escaped(&mistake))),
    };
    let state = value("state").unwrap_or_default();
    let Some(userid) = value(WHO) else { return html(200, &choice(&shared, &asked)) };
    match shared.change(|tenant, now| tenant.tenancy.issue_code(userid, CodeKind::Oauth, now)) {
        // Newer pages return the code under both names.
        Ok(code) => returned(back, &[("authCode", &code), ("code", &code), ("state", state)]),
        Err(_nobody) => returned(back, &[("error", "access_denied"), ("state", state)]),
    }
}

/// Where the browser returns to, when everything is asked as the documentation has it.
fn checked(app: &App, asked: &[(String, String)]) -> Result<Url, String> {
    const KNOWN: [&str; 11] = [
        "redirect_uri",
        "response_type",
        "client_id",
        "scope",
        "state",
        "prompt",
        "org_type",
        "corpId",
        "exclusiveLogin",
        "exclusiveCorpId",
        WHO,
    ];
    let value =
        |name: &str| asked.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    if let Some((unknown, _)) = asked.iter().find(|(key, _)| !KNOWN.contains(&key.as_str())) {
        return Err(format!("{unknown} is not a parameter of this page"));
    }
    for (name, wanted) in
        [("response_type", "code"), ("client_id", app.client_id.as_str()), ("prompt", "consent")]
    {
        if value(name) != wanted {
            return Err(format!("{name} must be {wanted}"));
        }
    }
    let of_corp = !value("org_type").is_empty() || !value("corpId").is_empty();
    match value("scope") {
        "openid" if of_corp => return Err("org_type and corpId need the scope corpid".to_owned()),
        "openid" | "openid corpid" => {}
        _ => return Err("scope must be openid, or openid corpid".to_owned()),
    }
    let back = value("redirect_uri");
    match Url::parse(back) {
        Ok(url) if app.may_return_to(back) => Ok(url),
        Ok(_) => Err("redirect_uri is not registered with the app".to_owned()),
        Err(_) => Err("redirect_uri is no address".to_owned()),
    }
}

fn returned(mut back: Url, answers: &[(&str, &str)]) -> HttpResponse {
    back.query_pairs_mut().extend_pairs(answers);
    HttpResponse::Found().append_header(("Location", back.as_str())).finish()
}

fn choice(shared: &Shared, asked: &[(String, String)]) -> String {
    let mut body = "<h1>钉钉登录（模拟）</h1><p>谁来扫码？</p><form method=\"get\">".to_owned();
    for (name, value) in asked {
        let (name, value) = (escaped(name), escaped(value));
        // Writing to a text does not fail.
        let _ = write!(body, "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
    }
    shared.read(|state| {
        for person in state.tenancy.directory.people().take(MOST_SHOWN) {
            let (userid, name) = (escaped(&person.userid), escaped(&person.name));
            let _ = write!(body, "<p><button name=\"{WHO}\" value=\"{userid}\">{name}</button></p>");
        }
    });
    body + "</form>"
}

fn html(status: u16, body: &str) -> HttpResponse {
    let status = actix_web::http::StatusCode::from_u16(status).unwrap_or_default();
    let page =
        format!("<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><body>{body}</body></html>");
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(page)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
