//! The two addresses that DingTalk posts to.

use actix_web::{HttpRequest, HttpResponse, http::header::HeaderMap, web};
use chrono::{DateTime, Utc};
use dingtalk_callback::{Query, Receiver, Refused, robot};
use mailbox::{AcceptError, Acceptor, inbox::NewItem, point};
use secrecy::{ExposeSecret, SecretString};

use super::{Incoming, Meter};
use crate::clock::Clock;

/// What taking needs.
#[derive(Clone)]
pub struct Intake {
    /// Opens pushes.
    pub receiver: Receiver,
    /// The app's secret signs robot messages.
    pub client_secret: SecretString,
    /// Stores, many in one transaction.
    pub inbox: Acceptor,
    /// What time it is.
    pub clock: Clock,
    /// Counts what came.
    pub meter: Meter,
}

/// `POST /callback/dingtalk`: an event, sealed and signed. Answered with the sealed word `success` once it is stored.
pub(super) async fn events(
    intake: web::Data<Intake>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let now = intake.clock.now();
    let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let opened = pairs
        .or(Err(Refused::Query))
        .and_then(|pairs| Query::pick(&pairs))
        .and_then(|query| intake.receiver.open(&query, &body, now));
    let opened = match opened {
        Ok(opened) => opened,
        Err(refused) => {
            // Whoever forges learns nothing; whoever configures reads the log.
            tracing::warn!(%refused, "push refused");
            metrics::counter!("dingtalk_pushes_refused").increment(1);
            return match refused {
                Refused::TooLarge => HttpResponse::PayloadTooLarge().finish(),
                _ => HttpResponse::BadRequest().finish(),
            };
        }
    };
    intake.meter.event(&opened.event, now).await;
    if let Some(incoming) = Incoming::of_event(&opened.event, now) {
        let key = format!("dingtalk/{}", opened.event.key);
        if let Err(answer) = store(&intake, &incoming, "dingtalk.push", key, now).await {
            return answer;
        }
    }
    intake
        .receiver
        .success(&opened, now)
        .map_or_else(|| HttpResponse::InternalServerError().finish(), |reply| HttpResponse::Ok().json(reply))
}

/// `POST /callback/robot`: somebody spoke to the bot. The answer comes through the outbox.
pub(super) async fn robot(intake: web::Data<Intake>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let now = intake.clock.now();
    let (timestamp, sign) = (header(request.headers(), "timestamp"), header(request.headers(), "sign"));
    let verified = robot::verify(intake.client_secret.expose_secret(), timestamp, sign, now);
    let message = match verified.and_then(|()| robot::RobotMessage::parse(&body)) {
        Ok(message) => message,
        Err(refused) => {
            tracing::warn!(%refused, "robot message refused");
            metrics::counter!("dingtalk_pushes_refused").increment(1);
            return HttpResponse::BadRequest().finish();
        }
    };
    intake.meter.message(message.quota_used_up, now).await;
    if let Some(incoming) = Incoming::of_message(&message) {
        let key = format!("robot/{}", message.msg_id);
        if let Err(answer) = store(&intake, &incoming, "dingtalk.robot", key, now).await {
            return answer;
        }
    }
    HttpResponse::Ok().json(serde_json::json!({ "msgtype": "empty" }))
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Stores, and only then may the platform be told that it was taken.
async fn store(
    intake: &Intake,
    incoming: &Incoming,
    source: &str,
    key: String,
    now: DateTime<Utc>,
) -> Result<(), HttpResponse> {
    let item = incoming.item(source, key).map_err(|error| {
        tracing::error!(%error, "an event makes no inbox item");
        HttpResponse::InternalServerError().finish()
    })?;
    keep(intake, item, now).await.map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "inbox not written");
        HttpResponse::ServiceUnavailable().finish()
    })
}

async fn keep(intake: &Intake, item: NewItem, now: DateTime<Utc>) -> Result<(), AcceptError> {
    point("callback.received").await?;
    intake.inbox.accept(item, now).await?;
    point("callback.stored").await?;
    Ok(())
}
