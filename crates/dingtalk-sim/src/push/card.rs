//! A person presses a button on a card: the app is told at once, and what it answers within two seconds is what the card shows.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dingtalk::card::CallbackAnswer;
use dingtalk::stream::CARD;
use ring::hmac;
use serde_json::{Value, json};

use crate::gateway;
use crate::shared::Shared;
use crate::stopwatch::Stopwatch;
use crate::wire_log::{Direction, NewExchange};
use crate::world::{CardPress, CardRoute, Refusal};

/// An answer that takes longer changes nothing.
const PATIENCE: Duration = Duration::from_secs(2);

/// What came back: a status, 0 when nothing did, and a body.
struct Answered {
    status: u16,
    body: Value,
}

/// Returns when the app has answered, or has not in time: then the card stays as it is.
pub(crate) async fn press(
    shared: &Arc<Shared>,
    userid: &str,
    card: &str,
    button: &str,
) -> Result<(), Refusal> {
    if shared.read(|state| state.faults.down) {
        return Err(Refusal::Parameter("the platform is down".to_owned()));
    }
    let press = shared.change(|state, now| state.tenancy.press_card(card, userid, button, now))?;
    let payload = press.payload(&shared.world.corp.id);
    let name = shared.read(|state| state.tenancy.directory.person(userid).map(|person| person.name.clone()));
    let what = format!("{}按了卡片", name.unwrap_or_default());
    let answered = match &press.route {
        CardRoute::Nowhere => return Ok(()),
        CardRoute::Http(key) => {
            let route = shared.read(|state| state.tenancy.office.card_routes.get(key).cloned());
            let Some((address, secret)) = route else { return Ok(()) };
            by_http(shared, &address, secret.as_deref(), payload, what).await
        }
        CardRoute::Stream => {
            let answer = gateway::callback(shared, CARD, &payload, what, PATIENCE).await;
            answer.map_err(|error| error.to_string())
        }
    };
    take_answer(shared, &press, answered)
}

/// Shows what the app answered, by whichever way it came. An answer that is none is refused, and the card stays.
fn take_answer(shared: &Shared, press: &CardPress, answered: Result<Value, String>) -> Result<(), Refusal> {
    let complaint = |why: String| Refusal::Parameter(format!("the answer to the press: {why}"));
    let body = match answered.map_err(complaint)? {
        // An empty answer says that nothing changes.
        Value::Null => json!({}),
        body => body,
    };
    let answer: CallbackAnswer =
        serde_json::from_value(body).map_err(|error| complaint(error.to_string()))?;
    shared.change(|state, _now| state.tenancy.answer_press(press, answer))
}

/// Posts it, and writes down what came back.
async fn by_http(
    shared: &Shared,
    address: &str,
    secret: Option<&str>,
    payload: Value,
    what: String,
) -> Result<Value, String> {
    let watch = Stopwatch::start();
    let Answered { status, body } = post(shared, address, secret, &payload).await;
    shared.change(|state, now| {
        let exchange = NewExchange {
            direction: Direction::Push,
            what,
            method: "POST".to_owned(),
            path: address.to_owned(),
            status,
            ms: watch.ms(),
            request: payload,
            response: body.clone(),
        };
        state.wire.add(exchange, now);
    });
    match status {
        200 if body == "" => Ok(Value::Null),
        200 => Ok(body),
        _ => Err(format!("none in time, or status {status}")),
    }
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
