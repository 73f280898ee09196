use dingtalk_callback::frame::{Ack, Delivery, Frame, FrameKind, Message, NotAFrame, Outcome};
use proptest::prelude::*;
use serde_json::{Value, json};

fn frame(kind: &str, topic: &str, data: &str) -> Frame {
    let value = json!({"specVersion": "1.0", "type": kind, "data": data,
        "headers": {"topic": topic, "messageId": "m-1", "contentType": "application/json", "eventType": "org_change", "eventId": "e-1"}});
    Frame::parse(&value.to_string()).unwrap()
}

fn event() -> Frame {
    frame("EVENT", "*", "{}")
}

fn robot() -> Frame {
    frame("CALLBACK", "/v1.0/im/bot/messages/get", r#"{"msgId":"msg-1","msgtype":"text"}"#)
}

fn card() -> Frame {
    frame("CALLBACK", "/v1.0/card/instances/callback", r#"{"outTrackId":"c-1"}"#)
}

#[test]
fn a_frame_is_read_as_the_page_shows_it() {
    let frame = event();
    assert_eq!((frame.kind.clone(), frame.topic(), frame.message_id()), (FrameKind::Event, "*", Some("m-1")));
    let Delivery::Message(message) = Delivery::read(&frame) else { panic!("{frame:?}") };
    assert_eq!(message.key().as_deref(), Some("event/e-1"));
    let Delivery::Message(message) = Delivery::read(&robot()) else { panic!() };
    assert_eq!(message.key().as_deref(), Some("robot/msg-1"));
    let Delivery::Message(message) = Delivery::read(&card()) else { panic!() };
    assert!(matches!(&*message, Message::Card(press) if press.out_track_id == "c-1"));
    assert_eq!(message.key(), None, "two presses are two");
    let Delivery::Message(message) = Delivery::read(&self::frame("CALLBACK", "/new", "text")) else {
        panic!()
    };
    assert!(
        matches!(&*message, Message::Callback(callback) if callback.topic == "/new" && callback.data == "text")
    );
}

#[test]
fn frames_about_the_connection_may_lack_nearly_everything() {
    let read = |text: &str| Delivery::read(&Frame::parse(text).unwrap());
    assert_eq!(
        read(r#"{"type":"SYSTEM","headers":{"topic":"ping"},"data":"{\"opaque\":\"x\"}"}"#),
        Delivery::Ping
    );
    assert_eq!(read(r#"{"type":"SYSTEM","headers":{"topic":"disconnect"}}"#), Delivery::Disconnect);
    for topic in ["CONNECTED", "REGISTERED", "KEEPALIVE", "new"] {
        assert_eq!(Delivery::read(&frame("SYSTEM", topic, "")), Delivery::Notice);
    }
    assert_eq!(read(r#"{"type":"SYSTEM"}"#), Delivery::Notice);
    assert_eq!(read(r#"{"type":"NEW","headers":null,"data":null}"#), Delivery::Unknown);
    assert_eq!(read(r#"{"type":"EVENT","headers":{}}"#), Delivery::Unreadable);
    assert_eq!(Delivery::read(&frame("CALLBACK", "/v1.0/im/bot/messages/get", "{}")), Delivery::Unreadable);
    assert_eq!(Delivery::read(&frame("CALLBACK", "/v1.0/card/instances/callback", "")), Delivery::Unreadable);
}

#[test]
fn values_that_should_have_been_texts_are_read_as_such() {
    let frame = Frame::parse(r#"{"type":"EVENT","specVersion":1.0,"headers":{"EventType":"org_change","time":1756000000100,"flag":true,"none":null,"eventBornTime":1756000000000},"data":{"a":1}}"#).unwrap();
    assert_eq!(frame.headers.get("time"), Some("1756000000100"));
    assert_eq!(frame.headers.get("flag"), Some("true"));
    assert_eq!(frame.headers.get("none"), None);
    assert_eq!(frame.data, r#"{"a":1}"#);
    let Delivery::Message(message) = Delivery::read(&frame) else { panic!() };
    assert!(
        matches!(&*message, Message::Event(event) if event.at.unwrap().timestamp_millis() == 1_756_000_000_000)
    );
}

#[test]
fn what_is_no_frame_is_refused() {
    let deep = "[".repeat(100_000);
    for text in
        ["", "null", "[]", "7", "{}", r#"{"type":7}"#, "nonsense", "<html>", "{\"type\":\"EVENT\"", &deep]
    {
        assert_eq!(Frame::parse(text), Err(NotAFrame), "{}", &text[..text.len().min(40)]);
        assert_eq!(Ack::parse(text), Err(NotAFrame));
    }
}

#[test]
fn each_outcome_is_said_as_the_page_says_it() {
    let said = |frame: &Frame, outcome: Outcome| {
        let ack: Value = serde_json::from_str(&Ack::of(frame, &outcome).to_text()).unwrap();
        assert_eq!(ack["headers"], json!({"messageId": "m-1", "contentType": "application/json"}));
        assert!(ack["data"].is_string());
        let data = serde_json::from_str::<Value>(ack["data"].as_str().unwrap()).unwrap_or_default();
        (ack["code"].as_u64().unwrap(), data)
    };
    let answer = json!({"cardData": {"cardParamMap": {"status": "已受理"}}});
    assert_eq!(said(&event(), Outcome::Taken), (200, json!({"status": "SUCCESS", "message": ""})));
    assert_eq!(said(&event(), Outcome::Later), (200, json!({"status": "LATER", "message": ""})));
    assert_eq!(said(&event(), Outcome::Unknown), (404, Value::Null));
    assert_eq!(said(&robot(), Outcome::Taken), (200, json!({"response": null})));
    assert_eq!(said(&robot(), Outcome::Later), (500, Value::Null));
    assert_eq!(said(&card(), Outcome::Answer(answer.clone())), (200, json!({"response": answer})));
    assert!(!format!("{:?}", Outcome::Answer(answer)).contains("受理"));
}

#[test]
fn an_echo_carries_what_came() {
    let ping = Frame::parse(
        r#"{"type":"SYSTEM","headers":{"topic":"ping","messageId":"p-1"},"data":"{\"opaque\": \"x\"}"}"#,
    )
    .unwrap();
    let ack = Ack::echo(&ping);
    assert_eq!((ack.code, ack.message.as_str(), ack.data.as_str()), (200, "OK", r#"{"opaque": "x"}"#));
    assert_eq!(Ack::parse(&ack.to_text()), Ok(ack));
    assert_eq!(Ack::not_understood(&ping).code, 400);
}

#[test]
fn whatever_has_code_200_and_does_not_say_later_is_success() {
    let ack = |code: u16, data: &str| {
        Ack::parse(&json!({"code": code, "headers": {"messageId": "m"}, "data": data}).to_string()).unwrap()
    };
    for data in [
        "",
        "{}",
        r#"{"response":null}"#,
        r#"{"timeStamp":"7","userId":["a"]}"#,
        r#"{"status":"SUCCESS"}"#,
        "text",
    ] {
        assert!(ack(200, data).takes(), "{data}");
        assert!(!ack(500, data).takes() && !ack(404, data).takes());
    }
    assert!(!ack(200, r#"{"status":"LATER","message":""}"#).takes());
    assert_eq!(ack(200, r#"{"response":{"a":1}}"#).response(), Some(json!({"a": 1})));
    assert_eq!(ack(200, "").response(), None);
}

#[test]
fn debug_output_holds_no_data() {
    let frame =
        frame("CALLBACK", "/v1.0/im/bot/messages/get", r#"{"msgId":"m","text":{"content":"大病住院"}}"#);
    let shown = format!("{frame:?} {:?} {:?}", Delivery::read(&frame), Ack::echo(&frame));
    assert!(shown.contains("m-1") && !shown.contains("大病"), "{shown}");
}

proptest! {
    #[test]
    fn a_frame_that_is_written_reads_the_same(kind in "[A-Z]{1,8}", data in ".{0,80}",
        headers in proptest::collection::btree_map("[a-zA-Z]{1,12}", ".{0,20}", 0..6)) {
        let frame = Frame { spec_version: Some("1.0".to_owned()), kind: kind.as_str().into(), headers: headers.into_iter().collect(), data };
        prop_assert_eq!(Frame::parse(&frame.to_text()), Ok(frame));
    }

    #[test]
    fn garbage_never_panics(text in ".{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for text in [text, String::from_utf8_lossy(&bytes).into_owned()] {
            if let Ok(frame) = Frame::parse(&text) {
                let _ = Delivery::read(&frame);
            }
            let _ = Ack::parse(&text).map(|ack| (ack.takes(), ack.response()));
        }
    }
}
