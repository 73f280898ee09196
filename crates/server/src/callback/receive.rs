//! The addresses that DingTalk posts to.

use actix_web::{HttpRequest, HttpResponse, http::header::HeaderMap, web};
use dingtalk_callback::{Query, Refused, card, robot};
use secrecy::ExposeSecret;

use super::{
    Intake,
    intake::{NotKept, Way},
};

/// `POST /callback/dingtalk`: an event, sealed and signed. Answered with the sealed word `success` once it is stored.
pub(super) async fn events(
    intake: web::Data<Intake>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let Some(receiver) = &intake.receiver else {
        tracing::warn!("a push came, but dingtalk.callback_aes_key is not configured");
        return HttpResponse::NotFound().finish();
    };
    let now = intake.clock.now();
    let opened = Query::parse(request.query_string()).and_then(|query| receiver.open(&query, &body, now));
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
    if let Err(not_kept) = intake.event(&opened.event, Way::Push, now).await {
        return failed(&not_kept);
    }
    receiver
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
    if let Err(not_kept) = intake.message(&message, Way::Push, now).await {
        return failed(&not_kept);
    }
    HttpResponse::Ok().json(serde_json::json!({ "msgtype": "empty" }))
}

/// `POST /callback/card`: somebody pressed a card. The answer is what it shows from now on.
pub(super) async fn cards(intake: web::Data<Intake>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let (now, secret) = (intake.clock.now(), intake.card_secret.expose_secret());
    if secret.is_empty() {
        tracing::warn!("a press came, but dingtalk.card_secret is not configured");
        return HttpResponse::BadRequest().finish();
    }
    let timestamp = header(request.headers(), card::TIMESTAMP_HEADER);
    let verified = card::verify(secret, timestamp, header(request.headers(), card::SIGNATURE_HEADER), now);
    match verified.and_then(|()| card::CardPress::parse(&body)) {
        Ok(press) => HttpResponse::Ok().json(intake.press(&press, Way::Push, now).await),
        Err(refused) => {
            tracing::warn!(%refused, "press refused");
            metrics::counter!("dingtalk_pushes_refused").increment(1);
            HttpResponse::BadRequest().finish()
        }
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The platform sends it again.
fn failed(why: &NotKept) -> HttpResponse {
    match why {
        NotKept::Payload(_) => HttpResponse::InternalServerError().finish(),
        NotKept::Inbox(_) => HttpResponse::ServiceUnavailable().finish(),
    }
}
