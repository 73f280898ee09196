use chrono::{DateTime, Duration};
use dingtalk_callback::card::{CardPress, Refused, sign, verify};
use serde_json::{Value, json};

fn press() -> Value {
    let content = json!({"cardPrivateData": {"actionIds": ["btn_accept"], "params": {"action": "accept", "amount": 300, "tick": true}}});
    json!({"type": "actionCallback", "outTrackId": "aid-20260822-0001", "corpId": "dingcorp1", "userId": "cadre_mgr01",
        "spaceType": "IM_ROBOT", "spaceId": "cid==", "content": content.to_string()})
}

fn parse(body: &Value) -> CardPress {
    CardPress::parse(body.to_string().as_bytes()).unwrap()
}

#[test]
fn the_known_answer_is_the_signature() {
    let (secret, timestamp) = ("card-secret-1", "1700000000000");
    let right = "jbfW9IWoVwNBxfc3A31HuJi8+42BsgaiSLCRTSM6XGM=";
    assert_eq!(sign(secret, timestamp), right);
    let now = DateTime::from_timestamp_millis(1_700_000_000_000).unwrap();
    assert!(verify(secret, timestamp, right, now + Duration::minutes(59)).is_ok());
    for (secret, timestamp, signature, now) in [
        (secret, timestamp, right, now + Duration::minutes(61)),
        (secret, timestamp, right, now - Duration::minutes(61)),
        ("card-secret-2", timestamp, right, now),
        (secret, "1700000000001", right, now),
        (secret, timestamp, "", now),
        (secret, timestamp, &right.to_lowercase(), now),
        (secret, "", &sign(secret, ""), now),
        (secret, "+1700000000000", &sign(secret, "+1700000000000"), now),
        (secret, "now", &sign(secret, "now"), now),
    ] {
        assert_eq!(
            verify(secret, timestamp, signature, now),
            Err(Refused::Signature),
            "{timestamp} {signature}"
        );
    }
}

#[test]
fn every_flipped_bit_of_the_headers_is_refused() {
    let (secret, timestamp) = ("card-secret-1", "1700000000000");
    let now = DateTime::from_timestamp_millis(1_700_000_000_000).unwrap();
    let right = sign(secret, timestamp);
    for at in 0..right.len() + timestamp.len() {
        for bit in 0..7 {
            let mut both = format!("{right}{timestamp}").into_bytes();
            both[at] ^= 1 << bit;
            let both = String::from_utf8(both).unwrap();
            let (signature, timestamp) = both.split_at(right.len());
            assert!(verify(secret, timestamp, signature, now).is_err(), "bit {bit} of {at}");
        }
    }
}

#[test]
fn a_press_is_read_as_the_page_shows_it() {
    let press = parse(&press());
    assert_eq!((press.out_track_id.as_str(), press.kind.as_str()), ("aid-20260822-0001", "actionCallback"));
    assert_eq!(
        (press.user.as_deref(), press.actions.as_slice()),
        (Some("cadre_mgr01"), &["btn_accept".to_owned()][..])
    );
    assert_eq!(press.param("action").as_deref(), Some("accept"));
    assert_eq!(press.param("amount").as_deref(), Some("300"));
    assert_eq!((press.param("tick"), press.param("nothing")), (None, None));
    assert_eq!(press.space_type.as_deref(), Some("IM_ROBOT"));
}

#[test]
fn content_may_be_an_object_or_missing_or_nonsense() {
    let mut body = press();
    body["content"] = json!({"cardPrivateData": {"actionIds": "btn_accept", "params": {"action": "accept"}}});
    assert_eq!(parse(&body).actions, ["btn_accept"]);
    for content in [json!(null), json!("not json"), json!([]), json!({"cardPrivateData": 7}), json!("[]")] {
        body["content"] = content;
        let press = parse(&body);
        assert!(press.actions.is_empty() && press.params.is_empty());
    }
}

#[test]
fn what_names_no_card_is_refused() {
    for body in ["", "{}", "[]", "null", r#"{"outTrackId":""}"#, r#"{"outTrackId":["a"]}"#, "<html>"] {
        assert_eq!(CardPress::parse(body.as_bytes()).unwrap_err(), Refused::Body, "{body}");
    }
}

#[test]
fn what_was_typed_on_a_card_stays_out_of_logs() {
    let mut body = press();
    body["content"] = json!(r#"{"cardPrivateData":{"params":{"reason":"大病住院"}}}"#);
    let shown = format!("{:?}", parse(&body));
    assert!(shown.contains("aid-20260822-0001") && !shown.contains("大病"), "{shown}");
}
