//! A frame as text. Written strictly, with every header a text; read leniently, because senders differ.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::sealed::shows;

/// The text is no frame: no JSON object, or one without a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a frame")]
pub struct NotAFrame;

/// What kind of frame it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// `SYSTEM`: about the connection.
    System,
    /// `EVENT`: comes again until it is acknowledged.
    Event,
    /// `CALLBACK`: a robot message, a card press.
    Callback,
    /// A kind that nobody told us of.
    Other(String),
}

impl FrameKind {
    fn word(&self) -> &str {
        match self {
            Self::System => "SYSTEM",
            Self::Event => "EVENT",
            Self::Callback => "CALLBACK",
            Self::Other(word) => word,
        }
    }
}

impl From<&str> for FrameKind {
    fn from(word: &str) -> Self {
        match word {
            "SYSTEM" => Self::System,
            "EVENT" => Self::Event,
            "CALLBACK" => Self::Callback,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// Headers of a frame. Numbers that should have been texts are their digits; unknown ones are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(BTreeMap<String, String>);

impl Headers {
    /// A header, whatever the case of its name. Empty ones are absent.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    fn read(value: Option<&Value>) -> Self {
        let object = value.and_then(Value::as_object).into_iter().flatten();
        Self(object.filter_map(|(name, value)| Some((name.clone(), plain(value)?))).collect())
    }

    pub(super) fn json(&self) -> Value {
        self.0.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// One frame from the gateway.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    /// `1.0`; frames about the connection may lack it.
    pub spec_version: Option<String>,
    /// What kind.
    pub kind: FrameKind,
    /// `topic`, `messageId`, `eventType`, …
    pub headers: Headers,
    /// JSON as a text. It may hold names, messages and telephone numbers.
    pub data: String,
}

shows!(Frame: kind, headers);

impl Frame {
    /// Reads a text. Data that should have been a text is written out as one.
    pub fn parse(text: &str) -> Result<Self, NotAFrame> {
        let value: Value = serde_json::from_str(text).or(Err(NotAFrame))?;
        let fields = value.as_object().ok_or(NotAFrame)?;
        let kind = fields.get("type").and_then(Value::as_str).ok_or(NotAFrame)?.into();
        Ok(Self {
            spec_version: fields.get("specVersion").and_then(plain),
            kind,
            headers: Headers::read(fields.get("headers")),
            data: data(fields),
        })
    }

    /// Writes the text; the gateway's side of a simulator.
    pub fn to_text(&self) -> String {
        let mut value = json!({"type": self.kind.word(), "headers": self.headers.json(), "data": self.data});
        if let (Some(version), Some(fields)) = (&self.spec_version, value.as_object_mut()) {
            fields.insert("specVersion".to_owned(), Value::from(version.as_str()));
        }
        value.to_string()
    }

    /// What it is about.
    pub fn topic(&self) -> &str {
        self.headers.get("topic").unwrap_or_default()
    }

    /// By which an answer says what it answers.
    pub fn message_id(&self) -> Option<&str> {
        self.headers.get("messageId")
    }
}

pub(super) fn data(fields: &Map<String, Value>) -> String {
    match fields.get("data") {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// A text, or what should have been one.
pub(super) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
