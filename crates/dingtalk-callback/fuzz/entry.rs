//! What each target does with its bytes. The fuzzer calls these functions, and so does an ordinary test with the kept corpus. Nothing
//! may panic, take what was not sealed here, or say aloud what it holds.

use chrono::{DateTime, Duration, Utc};
use dingtalk_callback::{
    Event, Key, Query, Receiver, Reply,
    card::CardPress,
    frame::{Ack, Delivery, Frame, Message, Outcome},
    replay::Marks,
    robot::{self, RobotMessage},
};

const KEY: &str = "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij";
const TOKEN: &str = "tokenForTest01";
const OWNER: &str = "dingtestappkey0001";

/// A target by its name.
pub(crate) fn run(target: &str, bytes: &[u8]) {
    match target {
        "query" => query(bytes),
        "envelope" => envelope(bytes),
        "decrypt" => decrypt(bytes),
        "stream_frame" => stream_frame(bytes),
        "robot_message" => robot_message(bytes),
        other => panic!("no target {other}"),
    }
}

fn at(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

fn receiver() -> Receiver {
    let key = Key::parse(KEY).expect("the key of the vectors");
    Receiver::new(TOKEN.into(), key, vec![OWNER.to_owned()], Duration::hours(1))
}

/// A query, with the body of a known answer.
fn query(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(query) = Query::parse(text) else { return };
    assert!(!query.signature.is_empty() && !query.timestamp.is_empty() && !query.nonce.is_empty());
    let body = br#"{"encrypt":"O8sUznedQCridGXrXTG0wO5hKFZWANw6n4zB0eBeaQ3nGRNjeyDj0nQVVoOQb/eg8i2Qtn0O+1RklP6SRk4CBQ=="}"#;
    if let Ok(opened) = receiver().open(&query, body, at(1_700_000_000_000)) {
        assert_eq!(query.timestamp, "1700000000000");
        assert_eq!(query.nonce, "nonceAAAA");
        assert_eq!(opened.owner, OWNER);
    }
}

/// A body under a query that was signed for another.
fn envelope(bytes: &[u8]) {
    let query = Query {
        signature: "dcd52143c22b365c614d7887f310ab8ed666d196".into(),
        timestamp: "1700000000000".into(),
        nonce: "nonceAAAA".into(),
    };
    if let Ok(opened) = receiver().open(&query, bytes, at(1_700_000_000_000)) {
        assert_eq!(opened.event.kind, "check_url");
        assert!(Marks::of(&query, &opened).envelope.contains("nonceAAAA"));
        assert!(receiver().success(&opened, at(1_700_000_000_000)).is_some());
    }
    if let Ok(reply) = serde_json::from_slice::<Reply>(bytes) {
        let _ = reply.says_success(&Key::parse(KEY).expect("the key of the vectors"), TOKEN, OWNER);
    }
}

/// Text under the key: as it is, as base64 of the bytes, and as the message inside a sealed text.
fn decrypt(bytes: &[u8]) {
    let key = Key::parse(KEY).expect("the key of the vectors");
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = key.open(text);
        let _ = Key::parse(text);
    }
    let whole = bytes.len() - bytes.len() % 16;
    let _ = key.open(&base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &bytes[..whole]));
    let sealed = key.seal(bytes, OWNER, *b"abcdefghijklmnop").expect("short enough");
    let plain = key.open(&sealed).expect("sealed here");
    assert_eq!((plain.message(), plain.owner()), (bytes, OWNER.as_bytes()));
    if let Ok(event) = Event::parse(bytes) {
        assert!(!event.key.is_empty());
        assert_eq!(Event::parse(bytes).map(|again| again.key), Ok(event.key));
    }
}

/// A text of the gateway, or of a client.
fn stream_frame(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(ack) = Ack::parse(text) {
        let _ = (ack.takes(), ack.response());
        assert_eq!(Ack::parse(&ack.to_text()), Ok(ack));
    }
    let Ok(frame) = Frame::parse(text) else { return };
    assert_eq!(Frame::parse(&frame.to_text()).as_ref(), Ok(&frame));
    if let Delivery::Message(message) = Delivery::read(&frame) {
        assert!(message.key().is_some() || matches!(*message, Message::Card(_) | Message::Callback(_)));
    }
    for outcome in
        [Outcome::Taken, Outcome::Later, Outcome::Unknown, Outcome::Answer(serde_json::Value::Null)]
    {
        let ack = Ack::of(&frame, &outcome);
        let written = Ack::parse(&ack.to_text()).expect("written here");
        assert_eq!(written.takes(), matches!(outcome, Outcome::Taken | Outcome::Answer(_)));
    }
}

/// What is posted in plain: robot messages and card presses, and their headers.
fn robot_message(bytes: &[u8]) {
    if let Ok(message) = RobotMessage::parse(bytes) {
        assert!(!message.msg_id.is_empty());
        assert_eq!(message.words(), message.words().trim());
        // Another webhook of that length looks the same; its text may stand in another field as well.
        let mut other = message.clone();
        other.session_webhook = "*".repeat(message.session_webhook.len());
        assert_eq!(format!("{message:?}"), format!("{other:?}"));
    }
    if let Ok(press) = CardPress::parse(bytes) {
        assert!(!press.out_track_id.is_empty());
    }
    let text = String::from_utf8_lossy(bytes);
    let (timestamp, signature) = text.split_once('&').unwrap_or((&text, ""));
    let now = at(1_577_262_236_757);
    if robot::verify("this is a secret", timestamp, signature, now).is_ok() {
        assert_eq!(signature, robot::sign("this is a secret", timestamp));
    }
}
