//! The gate every call passes: faults, token, quota, the endpoint, the answer's shape, the log.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

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
        let fault = state.faults.meet(request.method().as_str(), request.path());
        let request_id = state.tenancy.ids.word(16);
        let Some(endpoint) = table::find(request.method().as_str(), request.path()) else {
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
        let outcome = pass(&shared, state, now, endpoint, &request, &bytes);
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

fn pass(
    shared: &Shared,
    state: &mut State,
    now: chrono::DateTime<chrono::Utc>,
    endpoint: &Endpoint,
    request: &HttpRequest,
    bytes: &[u8],
) -> Result<Value, Refusal> {
    let (query, query_token) = read::query(request.query_string());
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if endpoint.access == Access::Token {
        let token = match endpoint.face {
            Face::New => header("x-acs-dingtalk-access-token"),
            Face::Old => query_token.as_deref(),
        };
        state.tenancy.check_token(token, now)?;
    }
    let (body, file) = read::body(endpoint, header(CONTENT_TYPE.as_str()).unwrap_or_default(), bytes)?;
    if endpoint.cost == Cost::Counted && !state.tenancy.quota.call(endpoint.path, now) {
        return Err(Refusal::QuotaUsedUp);
    }
    let (query, body) = (Strict::new("query", query)?, Strict::new("body", body)?);
    let platform = shared.addresses.platform.as_str();
    let world = &shared.world;
    (endpoint.answer)(Call { world, state, now, query, body, file, token: query_token, platform })
}

#[expect(clippy::disallowed_methods, reason = "the one place where the platform is slow on purpose")]
async fn wait(time: Duration) {
    tokio::time::sleep(time).await;
}

fn log(shared: &Shared, request: &HttpRequest, bytes: &[u8], answer: &Answer, ms: u64) {
    let what =
        table::find(request.method().as_str(), request.path()).map_or("未知的调用", |known| known.what);
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
