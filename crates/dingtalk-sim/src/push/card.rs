//! A person presses a button on a card: the app is told at once, and what it answers within two seconds is what the card shows.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dingtalk::card::CallbackAnswer;
use ring::hmac;
use serde_json::{Value, json};

use crate::shared::Shared;
use crate::stopwatch::Stopwatch;
use crate::wire_log::{Direction, NewExchange};
use crate::world::{CardPress, CardRoute, Refusal};

/// An answer that takes longer changes nothing.
const PATIENCE: Duration = Duration::from_secs(2);

/// What came back: a status, 0 when nothing did, and a body.
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

/// Returns when the app has answered, or has not in time: then the card stays as it is.
pub(crate) async fn press(
    shared: &Arc<Shared>,
    userid: &str,
    card: &str,
    button: &str,
) -> Result<(), Refusal> {
    let press = shared.change(|state, now| state.tenancy.press_card(card, userid, button, now))?;
    let payload = press.payload(&shared.world.corp.id);
    let watch = Stopwatch::start();
    let (method, path, answered) = match &press.route {
        CardRoute::Nowhere => return Ok(()),
        CardRoute::Http(key) => {
            let route = shared.read(|state| state.tenancy.office.card_routes.get(key).cloned());
            let Some((address, secret)) = route else { return Ok(()) };
            let answered = post(shared, &address, secret.as_deref(), &payload).await;
            ("POST", address, answered)
        }
        CardRoute::Stream => {
            let nobody = Answered { status: 0, body: json!("no Stream connection") };
            ("STREAM", "/v1.0/card/instances/callback".to_owned(), nobody)
        }
    };
    shared.change(|state, now| {
        let name = state.tenancy.directory.person(userid).map(|person| person.name.clone());
        let exchange = NewExchange {
            direction: Direction::Push,
            what: format!("{}按了卡片", name.unwrap_or_default()),
            method: method.to_owned(),
            path,
            status: answered.status,
            ms: watch.ms(),
            request: payload,
            response: answered.body.clone(),
        };
        state.wire.add(exchange, now);
    });
    take_answer(shared, &press, &answered)
}

/// Shows what the app answered, by whichever way it came. An answer that is none is refused, and the card stays.
pub(crate) fn take_answer(shared: &Shared, press: &CardPress, answered: &Answered) -> Result<(), Refusal> {
    let complaint = |why: String| Refusal::Parameter(format!("the answer to the press: {why}"));
    if answered.status != 200 {
        return Err(complaint(format!("none in time, or status {}", answered.status)));
    }
    // An empty body says that nothing changes.
    let body = if answered.body == Value::String(String::new()) { json!({}) } else { answered.body.clone() };
    let answer: CallbackAnswer =
        serde_json::from_value(body).map_err(|error| complaint(error.to_string()))?;
    shared.change(|state, _now| state.tenancy.answer_press(press, answer))
}

async fn post(shared: &Shared, address: &str, secret: Option<&str>, payload: &Value) -> Answered {
    let mut request = shared.platform.post(address).json(payload).timeout(PATIENCE);
    if let Some(secret) = secret {
        let timestamp = shared.clock.now().timestamp_millis().to_string();
        request = request
            .header("x-ddpaas-signature", sign(secret, &timestamp))
            .header("x-ddpaas-signature-timestamp", timestamp);
    }
    let failed = |error| Answered { status: 0, body: json!(crate::reason::of(error)) };
    match request.send().await {
        Ok(answer) => {
            let status = answer.status().as_u16();
            match answer.text().await {
                Ok(text) => {
                    Answered { status, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
                }
                Err(error) => failed(error),
            }
        }
        Err(error) => failed(error),
    }
}

fn sign(secret: &str, timestamp: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    STANDARD.encode(hmac::sign(&key, timestamp.as_bytes()))
}
