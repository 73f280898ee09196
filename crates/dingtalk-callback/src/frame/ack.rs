//! The answer to a frame: code, the id of what is answered, and data that is JSON as a text.

use serde_json::{Value, json};

use super::text::{Headers, NotAFrame, data, plain};
use crate::sealed::shows;

/// An answer to a frame; without one an event comes again, and a callback does not.
#[derive(Clone, PartialEq, Eq)]
pub struct Ack {
    /// 200; 400 not understood, 404 nobody knows the topic, 500 failed.
    pub code: u16,
    /// Which frame is answered; a frame without an id is answered without one.
    pub message_id: Option<String>,
    /// A word for people.
    pub message: String,
    /// JSON as a text, or nothing.
    pub data: String,
}

shows!(Ack: code, message_id, message);

impl Ack {
    /// The text that goes back on the connection on which the frame came.
    pub fn to_text(&self) -> String {
        let content = [("contentType", "application/json")];
        let id = self.message_id.as_deref().map(|id| ("messageId", id));
        let headers: Headers = content.into_iter().chain(id).collect();
        json!({"code": self.code, "headers": headers.json(), "message": self.message, "data": self.data})
            .to_string()
    }

    /// Reads a text; the gateway's side of a simulator.
    pub fn parse(text: &str) -> Result<Self, NotAFrame> {
        let value: Value = serde_json::from_str(text).or(Err(NotAFrame))?;
        let fields = value.as_object().ok_or(NotAFrame)?;
        let code = fields.get("code").and_then(plain).and_then(|code| code.parse().ok()).ok_or(NotAFrame)?;
        let headers = fields.get("headers").and_then(Value::as_object);
        Ok(Self {
            code,
            message_id: headers.and_then(|headers| headers.get("messageId")).and_then(plain),
            message: fields.get("message").and_then(plain).unwrap_or_default(),
            data: data(fields),
        })
    }

    /// Does it ask for the event to be sent again? Clients differ in what they write for success, so whatever has code 200 and does
    /// not say `LATER` is one.
    pub fn takes(&self) -> bool {
        let status = self.json().and_then(|data| data.get("status").cloned());
        self.code == 200 && status.as_ref().and_then(Value::as_str) != Some("LATER")
    }

    /// What a callback was answered: the content of `response`.
    pub fn response(&self) -> Option<Value> {
        self.json()?.get("response").filter(|response| !response.is_null()).cloned()
    }

    fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.data).ok()
    }
}
