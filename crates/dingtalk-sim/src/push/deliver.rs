//! One attempt to tell the app of one event: sealed, posted, and answered in time with our own sealed "success".

use std::time::Duration;

use serde_json::{Value, json};

use crate::push::seal::{Envelope, Sealing};
use crate::shared::Shared;
use crate::stopwatch::Stopwatch;
use crate::wire_log::{Direction, NewExchange};
use crate::world::{Event, Happening};

/// An answer that takes longer counts as none.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Why an event counts as not delivered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Undelivered {
    #[error("no callback address is configured")]
    NoAddress,
    #[error("the callback's token or aes_key is not usable: {0}")]
    Key(String),
    #[error("no answer in time: {0}")]
    NoAnswer(String),
    #[error("the answer's status is {0}, not 200")]
    Status(u16),
    #[error("the answer is not our sealed \"success\": {0}")]
    NotSuccess(String),
}

pub(crate) async fn deliver(shared: &Shared, event: &Event) -> Result<(), Undelivered> {
    let address = shared.read(|state| state.app.as_ref().and_then(|app| app.callback_url.clone()));
    let address = address.ok_or(Undelivered::NoAddress)?;
    let plain = event.push_body(&shared.world.corp.id, shared.world.events.spelling);
    let watch = Stopwatch::start();
    let mut answered = Answered::default();
    let outcome = attempt(shared, &address, &plain, &mut answered).await;
    let response = match &outcome {
        Ok(()) => json!({"success": true}),
        Err(why) => json!({"undelivered": why.to_string(), "body": answered.body}),
    };
    shared.change(|state, now| {
        let exchange = NewExchange {
            direction: Direction::Push,
            what: what(event.kind()),
            method: "POST".to_owned(),
            path: address,
            status: answered.status,
            ms: watch.ms(),
            request: json!({"decrypted": plain}),
            response,
        };
        state.wire.add(exchange, now);
    });
    outcome
}

/// Saving the address in the open platform's console: one try, and the app must answer.
pub(crate) async fn check_url(shared: &Shared) -> Result<(), Undelivered> {
    let event = shared.change(|state, at| Event {
        id: state.tenancy.ids.tagged("ev"),
        at,
        what: Happening::CheckUrl,
    });
    deliver(shared, &event).await
}

/// What came back, for the log.
#[derive(Default)]
struct Answered {
    status: u16,
    body: Value,
}

async fn attempt(
    shared: &Shared,
    address: &str,
    plain: &Value,
    answered: &mut Answered,
) -> Result<(), Undelivered> {
    let sealing = Sealing::of(&shared.world).map_err(Undelivered::Key)?;
    let (random, nonce) = shared.change(|state, _now| (state.tenancy.ids.bytes(), state.tenancy.ids.word(8)));
    let envelope = sealing.seal(plain, random, &shared.clock.now().timestamp_millis().to_string(), &nonce);
    let Envelope { signature, timestamp, encrypt } = envelope;
    let answer = shared
        .platform
        .post(address)
        // Older and newer pages name it differently, so both are sent, as the platform does.
        .query(&[
            ("signature", signature.as_str()),
            ("msg_signature", signature.as_str()),
            ("timestamp", timestamp.as_str()),
            ("nonce", nonce.as_str()),
        ])
        .json(&json!({ "encrypt": encrypt }))
        .timeout(PATIENCE)
        .send()
        .await
        .map_err(|error| Undelivered::NoAnswer(error.without_url().to_string()))?;
    answered.status = answer.status().as_u16();
    let body = answer.text().await.map_err(|error| Undelivered::NoAnswer(error.without_url().to_string()))?;
    answered.body = serde_json::from_str(&body).unwrap_or(Value::String(body));
    if answered.status != 200 {
        return Err(Undelivered::Status(answered.status));
    }
    sealing.read_reply(&answered.body).map_err(Undelivered::NotSuccess)
}

fn what(kind: &str) -> String {
    match kind {
        "check_url" => "验证回调地址",
        "user_add_org" => "有人加入",
        "user_leave_org" => "有人离开",
        "user_modify_org" => "有人变更",
        "bpms_instance_change" => "审批有变化",
        "bpms_task_change" => "审批任务有变化",
        other => return format!("事件 {other}"),
    }
    .to_owned()
}
