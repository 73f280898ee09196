//! What became of a message, and the answer that says so.

use serde_json::{Value, json};

use super::{Ack, Frame, FrameKind};

/// What became of a message.
#[derive(Clone, PartialEq)]
pub enum Outcome {
    /// It is kept where a crash does not lose it. Nothing else may be acknowledged.
    Taken,
    /// The same, and this is the answer to a callback: for a card, what it shows from now on.
    Answer(Value),
    /// Not kept. An event comes again; a callback is lost.
    Later,
    /// Nobody here knows the topic.
    Unknown,
}

/// Answers may hold what a card shows.
impl std::fmt::Debug for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Taken => "Taken",
            Self::Answer(_) => "Answer(..)",
            Self::Later => "Later",
            Self::Unknown => "Unknown",
        })
    }
}

impl Ack {
    /// The answer that tells the gateway what became of a frame.
    pub fn of(frame: &Frame, outcome: &Outcome) -> Self {
        let event = |status: &str| json!({"status": status, "message": ""});
        match (&frame.kind, outcome) {
            (_, Outcome::Unknown) => Self::refusing(frame, 404, "no handler for this topic"),
            (FrameKind::Event, Outcome::Taken | Outcome::Answer(_)) => Self::saying(frame, &event("SUCCESS")),
            (FrameKind::Event, Outcome::Later) => Self::saying(frame, &event("LATER")),
            (_, Outcome::Taken) => Self::saying(frame, &json!({ "response": null })),
            (_, Outcome::Answer(answer)) => Self::saying(frame, &json!({ "response": answer })),
            (_, Outcome::Later) => Self::refusing(frame, 500, "not taken"),
        }
    }

    /// The answer to a ping or a notice: what came goes back.
    pub fn echo(frame: &Frame) -> Self {
        Self { data: frame.data.clone(), ..Self::refusing(frame, 200, "OK") }
    }

    /// The answer to what cannot be read.
    pub fn not_understood(frame: &Frame) -> Self {
        Self::refusing(frame, 400, "not understood")
    }

    fn saying(frame: &Frame, data: &Value) -> Self {
        Self { data: data.to_string(), ..Self::refusing(frame, 200, "OK") }
    }

    fn refusing(frame: &Frame, code: u16, message: &str) -> Self {
        let message_id = frame.message_id().map(str::to_owned);
        Self { code, message_id, message: message.to_owned(), data: String::new() }
    }
}
