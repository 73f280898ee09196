//! The gate every call passes: faults, token, quota, the endpoint, the answer's shape, the log.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use crate::config::Ban;
use crate::faults::Fault;
use crate::forms::Strict;
use crate::http::answer::{Answer, instead, shape};
use crate::http::call::Call;
use crate::http::endpoint::{Access, Cost, Endpoint, Face};
use crate::http::{read, table};
use crate::shared::{Shared, State};
use crate::stopwatch::Stopwatch;
use crate::wire_log::{Direction, NewExchange};
use crate::world::Refusal;

/// A form is shorter; what is longer is a file.
const LARGEST_LOGGED: usize = 16 * 1024;

pub(crate) async fn face(
    shared: web::Data<Arc<Shared>>,
    request: HttpRequest,
    bytes: web::Bytes,
) -> HttpResponse {
    let watch = Stopwatch::start();
    let (answer, fault) = shared.change(|state, now| {
        if state.faults.down {
            return (down(), None);
        }
        let fault = state.faults.meet(request.method().as_str(), request.path());
        let request_id = state.tenancy.ids.word(16);
        let address = address(&request);
        if state.throttle.bans(&shared.world.limits, &address, now) {
            return (banned(shared.world.limits.ban, &request_id), fault);
        }
        let Some((endpoint, parts)) = table::find(request.method().as_str(), request.path()) else {
            let unknown = Refusal::UnknownMethod(format!("{} {}", request.method(), request.path()));
            return (shape(table::face_of(request.path()), Err(unknown), &request_id), fault);
        };
        if fault == Some(Fault::TokenExpired) {
            state.tenancy.expire_token();
        }
        state.faults.holds_back = fault == Some(Fault::HeldBack);
        if let Some(answer) = fault.and_then(|fault| instead(fault, endpoint.face, &request_id)) {
            return (answer, fault);
        }
        let asked = Asked { endpoint, parts, request: &request, bytes: &bytes, address };
        let outcome = pass(&shared, state, now, asked);
        (shape(endpoint.face, outcome, &request_id), fault)
    });
    if let Some(Fault::Slow { ms }) = fault {
        wait(Duration::from_millis(ms)).await;
    }
    let answer = match fault {
        Some(Fault::LostAnswer) => {
            Answer { status: 504, body: Value::from("<html>504 Gateway Time-out</html>") }
        }
        _ => answer,
    };
    log(&shared, &request, &bytes, &answer, watch.ms());
    into_response(answer)
}

/// A call before it is let through.
struct Asked<'a> {
    endpoint: &'static Endpoint,
    parts: Vec<String>,
    request: &'a HttpRequest,
    bytes: &'a [u8],
    address: String,
}

fn pass(
    shared: &Shared,
    state: &mut State,
    now: chrono::DateTime<chrono::Utc>,
    asked: Asked<'_>,
) -> Result<Value, Refusal> {
    let Asked { endpoint, parts, request, bytes, address } = asked;
    let app = &shared.world.app;
    state.throttle.admit(&shared.world.limits, endpoint.path, now)?;
    let (query, query_token) = read::query(request.query_string());
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let token = match endpoint.face {
        Face::New => header("x-acs-dingtalk-access-token").map(str::to_owned),
        Face::Old => query_token,
    };
    if endpoint.access == Access::Token {
        state.tenancy.check_token(token.as_deref(), now)?;
        if !app.may_call_from(&address) {
            return Err(Refusal::Address(address));
        }
    }
    if let Some(point) = endpoint.needs.filter(|point| !app.has(point)) {
        return Err(Refusal::Permission(point));
    }
    let (body, file) = read::body(endpoint, header(CONTENT_TYPE.as_str()).unwrap_or_default(), bytes)?;
    if endpoint.cost == Cost::Counted && !state.tenancy.quota.call(endpoint.path, now) {
        return Err(Refusal::QuotaUsedUp);
    }
    // What stands in an address is text; in a body only oapi takes it for a number.
    let query = Strict::loose("query", query)?;
    let body = match endpoint.face {
        Face::New => Strict::new("body", body)?,
        Face::Old => Strict::loose("body", body)?,
    };
    let client_token = header("x-client-token").map(str::to_owned);
    let (world, platform) = (&shared.world, shared.addresses.platform.as_str());
    let parts = parts.into_iter();
    (endpoint.answer)(Call { world, platform, state, now, parts, token, client_token, query, body, file })
}

fn address(request: &HttpRequest) -> String {
    request.peer_addr().map_or_else(String::new, |address| address.ip().to_string())
}

/// A gateway that finds nobody behind it.
fn down() -> Answer {
    Answer { status: 502, body: Value::from("<html>502 Bad Gateway</html>") }
}

/// Not an answer in the platform's own shape: something in front of it speaks.
fn banned(ban: Ban, uuid: &str) -> Answer {
    let body = match ban {
        Ban::Json => json!({"status": 1111, "wait": 5, "source": "x5", "punish": "deny", "uuid": uuid}),
        Ban::Page => Value::from("<html><body>Sorry, we have detected unusual traffic.</body></html>"),
    };
    Answer { status: 403, body }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the platform is slow on purpose")]
async fn wait(time: Duration) {
    tokio::time::sleep(time).await;
}

fn log(shared: &Shared, request: &HttpRequest, bytes: &[u8], answer: &Answer, ms: u64) {
    let what = table::find(request.method().as_str(), request.path())
        .map_or("未知的调用", |(known, _)| known.what);
    let body = match serde_json::from_slice(bytes) {
        Ok(body) => body,
        Err(_) if bytes.is_empty() => Value::Null,
        Err(_) if bytes.len() > LARGEST_LOGGED => json!(format!("{} bytes", bytes.len())),
        // A form, or something that should not have come: as it is.
        Err(_) => json!(String::from_utf8_lossy(bytes)),
    };
    shared.change(|state, now| {
        let exchange = NewExchange {
            direction: Direction::Call,
            what: what.to_owned(),
            method: request.method().to_string(),
            path: request.uri().to_string(),
            status: answer.status,
            ms,
            request: body,
            response: answer.body.clone(),
        };
        state.wire.add(exchange, now);
    });
}

fn into_response(answer: Answer) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match answer.body {
        Value::String(html) => HttpResponse::build(status).content_type("text/html").body(html),
        body => HttpResponse::build(status).json(body),
    }
}
