//! `GET /connect?ticket=`: a WebSocket.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, Session};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::mpsc;

use super::Order;
use crate::shared::{Shared, State};

const CONNECT: &str = "GET /connect";
const LARGEST_FRAME: usize = 1 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    ticket: String,
}

/// A ticket that is unknown, used or old is refused before the protocol changes.
pub(crate) async fn connect(
    shared: web::Data<Arc<Shared>>,
    query: web::Query<Query>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, actix_web::Error> {
    if shared.read(|state| state.faults.down) || refuses(&shared) {
        return Ok(HttpResponse::BadGateway().finish());
    }
    let (response, session, messages) = actix_ws::handle(&request, body)?;
    let (orders, ordered) = mpsc::unbounded_channel();
    let joined =
        shared.change(|state, now| state.gateway.join(&query.ticket, orders, &mut state.tenancy.ids, now));
    let Some(id) = joined else {
        let refusal =
            json!({"code": "authFailed", "message": "the ticket is unknown, used or older than 90 s"});
        return Ok(HttpResponse::Unauthorized().json(refusal));
    };
    let messages = messages.max_frame_size(LARGEST_FRAME).aggregate_continuations();
    actix_web::rt::spawn(serve(Arc::clone(&shared), id, session, messages, ordered));
    Ok(response)
}

/// Only a fault that names it: `/` means every call, and this is none.
fn refuses(shared: &Shared) -> bool {
    let planned = |state: &State| state.faults.planned().iter().any(|fault| fault.api == CONNECT);
    shared.read(planned) && shared.change(|state, _now| state.faults.meet("GET", "/connect")).is_some()
}

async fn serve(
    shared: Arc<Shared>,
    id: String,
    mut session: Session,
    mut messages: AggregatedMessageStream,
    mut ordered: mpsc::UnboundedReceiver<Order>,
) {
    let mut hushed = false;
    loop {
        let going = tokio::select! {
            biased;
            order = ordered.recv() => match order {
                Some(Order::Hush) => {
                    hushed = true;
                    true
                }
                _ if hushed => !matches!(order, Some(Order::Drop) | None),
                order => obey(&mut session, order).await,
            },
            came = messages.recv(), if !hushed => match came {
                Some(Ok(AggregatedMessage::Text(text))) => {
                    shared.change(|state, _now| state.gateway.heard(&id, &text));
                    true
                }
                Some(Ok(AggregatedMessage::Binary(_))) => {
                    shared.change(|state, _now| state.gateway.complain("binary is not answered with".to_owned()));
                    true
                }
                Some(Ok(AggregatedMessage::Ping(bytes))) => {
                    let answered = session.pong(&bytes).await.is_ok();
                    shared.change(|state, _now| state.gateway.pinged(&id));
                    answered
                }
                Some(Ok(AggregatedMessage::Pong(_))) => {
                    shared.change(|state, _now| state.gateway.ponged(&id));
                    true
                }
                Some(Ok(AggregatedMessage::Close(_)) | Err(_)) | None => false,
            },
        };
        if !going {
            break;
        }
    }
    shared.change(|state, _now| state.gateway.left(&id));
}

/// False when the connection is over.
async fn obey(session: &mut Session, order: Option<Order>) -> bool {
    match order {
        Some(Order::Text(text)) => session.text(text).await.is_ok(),
        Some(Order::Binary(bytes)) => session.binary(bytes).await.is_ok(),
        Some(Order::Ping) => session.ping(b"there?").await.is_ok(),
        Some(Order::Close) => {
            // It may be closed already.
            let _ = session.clone().close(None).await;
            false
        }
        Some(Order::Drop | Order::Hush) | None => false,
    }
}
