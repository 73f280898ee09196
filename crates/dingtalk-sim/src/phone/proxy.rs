//! A request of the webview on its way to the app and back.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::Value;

use crate::phone::port::Phone;
use crate::phone::rewrite::{Ends, user_agent};
use crate::phone::{jar, pages};
use crate::reason;
use crate::stopwatch::Stopwatch;
use crate::wire_log::{Direction, NewExchange};

pub(super) async fn forward(phone: web::Data<Phone>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let Some(app) = phone.shared.read(|state| state.app.as_ref().map(|app| app.base_url.clone())) else {
        return pages::nothing_there("尚未接入");
    };
    // As the browser knows this phone: loopback has several names.
    let ends = Ends { phone: format!("http://{}", request.connection_info().host()), app };
    let watch = Stopwatch::start();
    let user = phone.user();
    let answer = match send(&phone, &ends, &request, body).await {
        Ok(answer) => answer,
        Err(error) => {
            log(&phone, &request, 0, watch.ms(), Value::Null);
            return pages::nothing_there(&reason::of(error));
        }
    };
    let status = answer.status().as_u16();
    let dropped = keep_cookies(&phone, &user, request.path(), &answer);
    log(&phone, &request, status, watch.ms(), dropped);
    pass_back(&ends, answer).await
}

async fn send(
    phone: &Phone,
    ends: &Ends,
    request: &HttpRequest,
    body: web::Bytes,
) -> Result<reqwest::Response, reqwest::Error> {
    let method = reqwest::Method::from_bytes(request.method().as_str().as_bytes()).unwrap_or_default();
    let mut outgoing = phone.shared.webview.request(method, format!("{}{}", ends.app, request.uri()));
    for (name, value) in request.headers() {
        if let Some(value) = value.to_str().ok().and_then(|value| ends.request(name.as_str(), value)) {
            outgoing = outgoing.header(name.as_str(), value);
        }
    }
    let cookies = phone.shared.read(|state| {
        state
            .frames
            .get(phone.number)
            .and_then(|frame| frame.jar().header(request.path(), phone.shared.clock.now()))
    });
    if let Some(cookies) = cookies {
        outgoing = outgoing.header("cookie", cookies);
    }
    outgoing.header("user-agent", user_agent(phone.kind)).body(body).send().await
}

/// Returns what was dropped, for the log.
fn keep_cookies(phone: &Phone, user: &str, path: &str, answer: &reqwest::Response) -> Value {
    let headers: Vec<String> = answer
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect();
    if headers.is_empty() {
        return Value::Null;
    }
    let dropped: Vec<jar::Dropped> = phone.shared.change(|state, now| {
        let Some(frame) = state.frames.get_mut(phone.number) else { return Vec::new() };
        let jar = frame.jar_of(user);
        headers.iter().filter_map(|header| jar.store(header, path, now).err()).collect()
    });
    for why in &dropped {
        tracing::warn!(phone = phone.number, %why, "dropped a cookie as a webview would");
    }
    match dropped.first() {
        Some(why) => Value::from(format!("cookie dropped: {why}")),
        None => Value::Null,
    }
}

async fn pass_back(ends: &Ends, answer: reqwest::Response) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status().as_u16()).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut back = HttpResponse::build(status);
    for (name, value) in answer.headers() {
        let Some(value) = value.to_str().ok().and_then(|value| ends.response(name.as_str(), value)) else {
            continue;
        };
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name.as_str().as_bytes()), HeaderValue::from_str(&value))
        {
            back.append_header((name, value));
        }
    }
    match answer.bytes().await {
        Ok(body) => back.body(body),
        Err(error) => pages::nothing_there(&reason::of(error)),
    }
}

/// Pages and forms are told in the wire log, scripts and pictures are not; what they hold never is.
fn log(phone: &Phone, request: &HttpRequest, status: u16, ms: u64, dropped: Value) {
    let is_page = request
        .headers()
        .get("accept")
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    if request.method() == "GET" && !is_page && status < 500 && dropped.is_null() {
        return;
    }
    phone.shared.change(|state, now| {
        let user = state.frames.get(phone.number).map_or("", |frame| frame.user.as_str());
        let name = state.tenancy.directory.person(user).map_or(user, |person| person.name.as_str());
        let exchange = NewExchange {
            direction: Direction::Page,
            what: format!("{name}的页面"),
            method: request.method().to_string(),
            path: request.uri().to_string(),
            status,
            ms,
            request: Value::Null,
            response: dropped,
        };
        state.wire.add(exchange, now);
    });
}
