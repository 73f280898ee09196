//! The entrance: a page whose script asks the container for a code, and the exchange of that code.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::time::Duration,
    http::{StatusCode, header, header::ContentType},
    web,
};
use askama::Template;
use dingtalk::{Error, auth::SignedIn};
use domain::{
    ids::AccountId,
    session::{Token, commands::OpenError, login},
};
use serde::Deserialize;

use super::{cookie, resume};
use crate::{
    app::App,
    page::{Frame, PageError, see_other},
};

/// The cookie outlives the browser; the row says when the session ends.
const COOKIE_LIFE: Duration = Duration::days(30);

#[derive(Template)]
#[template(path = "session/enter.html")]
struct Enter {
    frame: Frame,
    corp_id: String,
    nonce: String,
    to: String,
    kept: String,
    again: String,
}

/// Where to go after signing in.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    to: Option<String>,
}

pub(super) async fn page(app: web::Data<App>, wanted: web::Query<Wanted>) -> HttpResponse {
    let to = wanted.into_inner().to.filter(|to| is_ours(to)).unwrap_or_else(|| "/home".to_owned());
    show(&app, &to, "", StatusCode::OK)
}

/// What somebody sees who is not signed in. A page that was asked for is asked for again after signing in; a form that was sent is kept in
/// the page and sent again.
pub fn entrance(app: &App, to: &str, form: Option<&str>) -> HttpResponse {
    match form {
        None => see_other(&address(to)),
        Some("") => show(app, "/home", "", StatusCode::UNAUTHORIZED),
        Some(form) => show(app, to, form, StatusCode::UNAUTHORIZED),
    }
}

/// The entrance, on the way to a page.
fn address(to: &str) -> String {
    let to: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
    format!("/enter?to={to}")
}

fn show(app: &App, to: &str, kept: &str, status: StatusCode) -> HttpResponse {
    let Ok(begun) = login::begin(app.clock.now()) else {
        return HttpResponse::ServiceUnavailable().finish();
    };
    let page = Enter {
        frame: Frame::anonymous(app).titled("正在进入"),
        corp_id: app.config.dingtalk.corp_id.clone(),
        nonce: begun.nonce,
        to: to.to_owned(),
        kept: kept.to_owned(),
        again: address(if kept.is_empty() { to } else { "/home" }),
    };
    let Ok(body) = page.render() else { return HttpResponse::InternalServerError().finish() };
    HttpResponse::build(status)
        .cookie(cookie::set(cookie::LOGIN, &begun.cookie, Duration::minutes(30)))
        .content_type(ContentType::html())
        .body(body)
}

/// Only paths of ours: neither another host nor `//host`.
pub(crate) fn is_ours(to: &str) -> bool {
    to.starts_with('/') && !to.starts_with("//") && !to.contains('\\') && !to.chars().any(char::is_control)
}

/// What the entrance's script sends.
#[derive(Deserialize)]
pub(super) struct Exchange {
    code: String,
    nonce: String,
    to: String,
    #[serde(default)]
    kept: String,
}

pub(super) async fn submit(
    app: web::Data<App>,
    request: HttpRequest,
    sent: web::Form<Exchange>,
) -> Result<HttpResponse, PageError> {
    let (sent, now) = (sent.into_inner(), app.clock.now());
    let begun = cookie::token(&request, cookie::LOGIN).ok_or(PageError::Stale)?;
    if !login::accepts(&begun, &sent.nonce, now) {
        return Err(PageError::Stale);
    }
    let user = match user_of_code(&app, &sent.code).await {
        Ok(signed_in) => signed_in.userid,
        Err(error @ Error::Refused { .. }) => {
            tracing::info!(code = %error.code(), "sign-in code refused");
            return Err(PageError::Stale);
        }
        Err(error) => return Err(PageError::Unavailable(error.into())),
    };
    let account = AccountId::parse(user.as_str()).ok_or(PageError::NotFound)?;
    let before = cookie::token(&request, cookie::SESSION);
    let opened = domain::session::open(&app.db, &app.cx, &account, before.as_ref(), now).await;
    let opened = opened.map_err(|error| match error {
        OpenError::NotInTenant => PageError::Refused("您的账号还没有和名册对上。".to_owned()),
        OpenError::NoRandomness(error) => PageError::Broken(error.into()),
        OpenError::Db(error) => error.into(),
    })?;
    let to = if is_ours(&sent.to) { sent.to } else { "/home".to_owned() };
    let mut answer =
        if sent.kept.is_empty() { see_other(&to) } else { resumed(&app, &opened.token, to, &sent.kept)? };
    for set in [cookie::set(cookie::SESSION, &opened.token, COOKIE_LIFE), cookie::unset(cookie::LOGIN)] {
        let value = header::HeaderValue::from_str(&set.encoded().to_string());
        answer
            .headers_mut()
            .append(header::SET_COOKIE, value.map_err(|error| PageError::Broken(error.into()))?);
    }
    Ok(answer)
}

/// Whose code it is. Where no answer came, perhaps because the connection had ended meanwhile, it is asked once more: if the first question
/// arrived, the code is used and the page asks for another.
async fn user_of_code(app: &App, code: &str) -> Result<SignedIn, Error> {
    match app.dingtalk.auth().user_of_code(code).await {
        Err(Error::Unknown(_) | Error::Unavailable(_)) => app.dingtalk.auth().user_of_code(code).await,
        answer => answer,
    }
}

/// The form that was kept, with the new session's token.
fn resumed(app: &App, token: &Token, to: String, kept: &str) -> Result<HttpResponse, PageError> {
    let frame = Frame { csrf: token.csrf().as_str().to_owned(), ..Frame::anonymous(app) };
    resume::page(frame, (to, "/home"), kept)
}
