//! What goes out: every header is a text, the data is JSON as a text, and frames about the connection are as bare as the platform's.

use chrono::{DateTime, Utc};
use dingtalk_callback::frame::{Frame, FrameKind, Headers};
use serde_json::{Value, json};

use crate::config::World;
use crate::world::Event;

/// What every frame for the app names.
pub(super) struct Stamp<'a> {
    pub(super) world: &'a World,
    pub(super) message_id: &'a str,
    pub(super) connection: &'a str,
    pub(super) now: DateTime<Utc>,
}

/// What is to be sent.
pub(super) enum Content<'a> {
    Event(&'a Event),
    Callback { topic: &'a str, data: &'a Value },
}

pub(super) fn message(stamp: &Stamp<'_>, content: &Content<'_>) -> Frame {
    let (kind, topic) = match content {
        Content::Event(_) => (FrameKind::Event, "*"),
        Content::Callback { topic, .. } => (FrameKind::Callback, *topic),
    };
    let common = [
        ("topic", topic.to_owned()),
        ("messageId", stamp.message_id.to_owned()),
        ("contentType", "application/json".to_owned()),
        ("time", stamp.now.timestamp_millis().to_string()),
        ("appId", stamp.world.app.agent_id.to_string()),
        ("connectionId", stamp.connection.to_owned()),
    ];
    let own = match content {
        Content::Event(event) => vec![
            ("eventType", event.kind().to_owned()),
            ("eventId", event.id.clone()),
            ("eventBornTime", event.at.timestamp_millis().to_string()),
            ("eventCorpId", stamp.world.corp.id.clone()),
            ("eventUnifiedAppId", stamp.world.app.client_id.clone()),
        ],
        Content::Callback { .. } => Vec::new(),
    };
    let data = match content {
        Content::Event(event) => event.stream_data(),
        Content::Callback { data, .. } => (*data).clone(),
    };
    Frame {
        spec_version: Some("1.0".to_owned()),
        kind,
        headers: common.into_iter().chain(own).collect(),
        data: data.to_string(),
    }
}

/// Without a version, as it is met.
pub(super) fn ping(message_id: &str, opaque: &str) -> Frame {
    let headers = [("topic", "ping"), ("messageId", message_id), ("contentType", "application/json")];
    about_the_connection(headers.into_iter().collect(), &json!({ "opaque": opaque }))
}

/// Without an id: nothing is to be answered.
pub(super) fn disconnect() -> Frame {
    let headers = [("topic", "disconnect")];
    about_the_connection(headers.into_iter().collect(), &json!({"reason": "connection is expired"}))
}

fn about_the_connection(headers: Headers, data: &Value) -> Frame {
    Frame { spec_version: None, kind: FrameKind::System, headers, data: data.to_string() }
}
