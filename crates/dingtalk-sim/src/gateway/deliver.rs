//! One message on one connection, and what became of it. Events come again until they are taken; callbacks come once.

use std::time::Duration;

use dingtalk::stream::{ROBOT, SubscriptionKind};
use dingtalk_callback::frame::Ack;
use serde_json::{Value, json};

use super::frames::{self, Content, Stamp};
use crate::shared::Shared;
use crate::stopwatch::Stopwatch;
use crate::wire_log::{Direction, NewExchange};
use crate::world::Event;

/// Who waits for an echo, or for the answer to what was said to the robot, waits so long.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a message counts as not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unanswered {
    #[error("no connection is open for it")]
    NoConnection,
    #[error("no answer came, or the connection was lost")]
    NoAnswer,
    #[error("the answer asks for it again")]
    Later,
    #[error("the answer's code is {0}, not 200")]
    Code(u16),
}

/// Returns when the event is answered, its time is over, or its connection lost.
pub(crate) async fn event(shared: &Shared, event: &Event) -> Result<(), Unanswered> {
    let what = format!("事件 {}", event.kind());
    send(shared, SubscriptionKind::Event, &Content::Event(event), what).await.map(drop)
}

/// Returns what was answered to it; null when the answer is empty.
pub(crate) async fn callback(
    shared: &Shared,
    topic: &str,
    data: &Value,
    what: String,
    patience: Duration,
) -> Result<Value, Unanswered> {
    let content = Content::Callback { topic, data };
    let sent = send(shared, SubscriptionKind::Callback, &content, what);
    let ack = tokio::time::timeout(patience, sent).await.unwrap_or(Err(Unanswered::NoAnswer))?;
    Ok(ack.response().unwrap_or_default())
}

/// A message to the robot: nobody tries again, whatever comes of it.
pub(crate) async fn robot(shared: &Shared, data: &Value, who: &str) {
    if let Err(error) = callback(shared, ROBOT, data, format!("{who}对机器人说话"), PATIENCE).await {
        tracing::info!(%error, "a robot message was not taken");
    }
}

/// Asks every connection whether it is there; says how many echoed what they were sent.
pub(crate) async fn ping(shared: &Shared) -> usize {
    let asked: Vec<_> = shared.change(|state, now| {
        let lines = state.gateway.connections();
        let mut ask = |id: &str| {
            let (message_id, opaque) = (state.tenancy.ids.tagged("ping"), state.tenancy.ids.word(12));
            let frame = frames::ping(&message_id, &opaque);
            let answered = state.gateway.ask(id, &message_id, frame.to_text(), false, now)?;
            Some((frame.data, answered))
        };
        lines.iter().filter_map(|line| ask(&line.id)).collect()
    });
    let mut echoes = 0;
    for (data, answered) in asked {
        if let Ok(Ok(ack)) = tokio::time::timeout(PATIENCE, answered).await
            && ack.code == 200
            && same(&ack.data, &data)
        {
            echoes += 1;
        }
    }
    echoes
}

/// The same JSON: some clients read what they echo, and write it anew.
fn same(one: &str, other: &str) -> bool {
    let read = |text| serde_json::from_str::<Value>(text).ok();
    read(one).is_some_and(|one| Some(one) == read(other))
}

async fn send(
    shared: &Shared,
    kind: SubscriptionKind,
    content: &Content<'_>,
    what: String,
) -> Result<Ack, Unanswered> {
    let watch = Stopwatch::start();
    let topic = match content {
        Content::Event(_) => "*",
        Content::Callback { topic, .. } => topic,
    };
    let asked = shared.change(|state, now| {
        let line = state.gateway.pick(kind, topic, &mut state.tenancy.ids)?;
        let message_id = state.tenancy.ids.tagged("frame");
        let stamp = Stamp { world: &shared.world, message_id: &message_id, connection: &line, now };
        let frame = frames::message(&stamp, content);
        let expires = kind == SubscriptionKind::Event;
        let answered = state.gateway.ask(&line, &message_id, frame.to_text(), expires, now)?;
        Some((line, frame, answered))
    });
    let (line, frame, answered) = asked.ok_or(Unanswered::NoConnection)?;
    let outcome = match answered.await {
        Ok(ack) if ack.takes() => Ok(ack),
        Ok(ack) if ack.code == 200 => Err(Unanswered::Later),
        Ok(ack) => Err(Unanswered::Code(ack.code)),
        Err(_gone) => Err(Unanswered::NoAnswer),
    };
    let response = match &outcome {
        Ok(ack) => json!({"taken": true, "response": ack.response()}),
        Err(why) => json!({"taken": false, "why": why.to_string()}),
    };
    shared.change(|state, now| {
        let exchange = NewExchange {
            direction: Direction::Push,
            what,
            method: "STREAM".to_owned(),
            path: format!("{line} {topic}"),
            status: outcome.as_ref().map_or(0, |ack| ack.code),
            ms: watch.ms(),
            request: json!({"headers": headers(&frame), "data": serde_json::from_str::<Value>(&frame.data).ok()}),
            response,
        };
        state.wire.add(exchange, now);
    });
    outcome
}

fn headers(frame: &dingtalk_callback::frame::Frame) -> Value {
    let names = ["topic", "messageId", "eventType", "eventId"];
    names.iter().filter_map(|name| Some((*name, frame.headers.get(name)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn an_echo_may_be_written_anew_but_not_say_something_else() {
        let sent = r#"{"opaque":"MI8M"}"#;
        assert!(same(sent, sent));
        assert!(same(r#"{ "opaque": "MI8M" }"#, sent), "as the official SDK for Python does");
        assert!(!same(r#"{"opaque":"MI8N"}"#, sent));
        assert!(!same("MI8M", sent) && !same("", ""));
    }
}
