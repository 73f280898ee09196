//! What a sender with the right key meets.

use std::collections::HashMap;

use chrono::{DateTime, Duration, TimeZone, Utc};
use dingtalk_callback::{
    BODY_CAP, Key, Opened, Pushed, Query, Receiver, Refused, SuiteChecks, event::What, sign,
};
use secrecy::SecretString;
use serde_json::json;

pub(crate) const KEY: &str = "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij";
pub(crate) const TOKEN: &str = "tokenForTest01";
pub(crate) const OWNER: &str = "dingtestappkey0001";

pub(crate) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 2, 1, 0, 0).unwrap()
}

pub(crate) fn receiver() -> Receiver {
    let owners = vec![OWNER.to_owned(), "dingcorp1".to_owned()];
    Receiver::new(SecretString::from(TOKEN), Key::parse(KEY).unwrap(), owners, Duration::hours(1))
}

pub(crate) fn pushed_for(owner: &str, message: &str) -> (Query<'static>, String) {
    let pushed = Pushed::seal(&Key::parse(KEY).unwrap(), TOKEN, owner, message, now()).unwrap();
    let pairs: Vec<(String, String)> = pushed.query.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
    (Query::pick(pairs).unwrap(), pushed.body)
}

pub(crate) fn pushed(message: &str) -> (Query<'static>, String) {
    pushed_for(OWNER, message)
}

fn open(message: &str) -> Result<Opened, Refused> {
    let (query, body) = pushed(message);
    receiver().open(&query, body.as_bytes(), now())
}

/// A push whose timestamp is written this way, signed rightly.
fn at(timestamp: &str) -> Result<Opened, Refused> {
    let (query, body) = pushed(r#"{"EventType":"check_url"}"#);
    let envelope: HashMap<String, String> = serde_json::from_str(&body).unwrap();
    let encrypt = envelope.get("encrypt").unwrap();
    let signature = sign(TOKEN, timestamp, &query.nonce, encrypt);
    let query = Query { signature: signature.into(), timestamp: timestamp.into(), nonce: query.nonce };
    receiver().open(&query, body.as_bytes(), now())
}

#[test]
fn the_consoles_trial_is_opened_and_answered() {
    let opened = open(r#"{"EventType":"check_url"}"#).unwrap();
    assert!(matches!(opened.event.what, What::CheckUrl(_)));
    let reply = receiver().success(&opened, now()).unwrap();
    let written = serde_json::to_value(&reply).unwrap();
    for name in ["msg_signature", "timeStamp", "nonce", "encrypt"] {
        assert!(written[name].is_string(), "{written}");
    }
    assert!(reply.says_success(&Key::parse(KEY).unwrap(), TOKEN, OWNER).unwrap());
}

#[test]
fn a_third_party_apps_check_is_answered_with_its_word() {
    let key = Key::parse(KEY).unwrap();
    for kind in ["check_create_suite_url", "check_update_suite_url"] {
        let message =
            json!({"EventType": kind, "Random": "LPIdSnlF", "TestSuiteKey": "suite4xxxxxxxxxxxxxxx"});
        let (query, body) = pushed_for("suite4xxxxxxxxxxxxxxx", &message.to_string());
        let owners = vec!["suite4xxxxxxxxxxxxxxx".to_owned()];
        let receiver = Receiver::new(SecretString::from(TOKEN), key.clone(), owners, Duration::hours(1));
        let opened = receiver.open(&query, body.as_bytes(), now()).unwrap();
        let says = |receiver: &Receiver, word: &str| {
            let reply = receiver.success(&opened, now()).unwrap();
            reply.says(word, &key, TOKEN, "suite4xxxxxxxxxxxxxxx").unwrap()
        };
        assert!(says(&receiver, "LPIdSnlF") && !says(&receiver, "success"));
        // Another page says otherwise.
        let receiver = receiver.clone().suite_checks(SuiteChecks::Success);
        assert!(says(&receiver, "success"));
    }
}

#[test]
fn each_reply_is_sealed_afresh() {
    let opened = open(r#"{"EventType":"check_url"}"#).unwrap();
    let [one, other] = [(), ()].map(|()| receiver().success(&opened, now()).unwrap());
    assert_ne!(one.encrypt, other.encrypt);
    assert_ne!(one.nonce, other.nonce);
}

#[test]
fn a_reply_is_read_as_others_write_it() {
    let (key, opened) = (Key::parse(KEY).unwrap(), open(r#"{"EventType":"check_url"}"#).unwrap());
    let mut reply = receiver().success(&opened, now()).unwrap();
    // Lines of 60 characters, signed as they stand; and the time as a number.
    reply.encrypt.insert(60, '\n');
    reply.timestamp = "1793581200".to_owned();
    reply.msg_signature = sign(TOKEN, &reply.timestamp, &reply.nonce, &reply.encrypt);
    let mut written = serde_json::to_value(&reply).unwrap();
    written["timeStamp"] = json!(1_793_581_200);
    let read: dingtalk_callback::Reply = serde_json::from_value(written).unwrap();
    assert!(read.says_success(&key, TOKEN, OWNER).unwrap());
    assert!(!read.says_success(&key, TOKEN, "dingcorp1").unwrap());
}

#[test]
fn the_reply_is_for_the_owner_of_the_push() {
    let (query, body) = pushed_for("dingcorp1", r#"{"EventType":"org_change"}"#);
    let opened = receiver().open(&query, body.as_bytes(), now()).unwrap();
    let reply = receiver().success(&opened, now()).unwrap();
    assert!(reply.says_success(&Key::parse(KEY).unwrap(), TOKEN, "dingcorp1").unwrap());
}

#[test]
fn a_time_is_digits_and_within_the_window() {
    let millis = now().timestamp_millis();
    for fine in [millis.to_string(), (millis / 1000).to_string(), (millis - 3_600_000).to_string()] {
        assert!(at(&fine).is_ok(), "{fine}");
    }
    let year = 365 * 86_400_000;
    for bad in [
        "1000000000000".to_owned(),
        "1000000000".to_owned(),
        (millis - 3_600_001).to_string(),
        (millis + 3_600_001).to_string(),
        (millis + year).to_string(),
        format!("+{millis}"),
        format!("-{millis}"),
        format!(" {millis}"),
        format!("0{millis}"),
        format!("{millis}.0"),
        "0x1a19d3c1480".to_owned(),
        "１７９３５８１２００".to_owned(),
        "9999999999999".to_owned(),
        "99999999999999999999".to_owned(),
        "now".to_owned(),
        String::new(),
    ] {
        assert_eq!(at(&bad).unwrap_err(), Refused::Stale, "{bad}");
    }
}

#[test]
fn each_name_of_a_parameter_is_taken() {
    let pick = |pairs: &[(&'static str, &'static str)]| {
        Query::pick(pairs.iter().copied()).map(|query| (query.signature, query.timestamp, query.nonce))
    };
    let right = Ok(("s".into(), "1".into(), "n".into()));
    assert_eq!(pick(&[("msg_signature", "s"), ("timestamp", "1"), ("nonce", "n")]), right);
    assert_eq!(pick(&[("signature", "s"), ("timeStamp", "1"), ("nonce", "n")]), right);
    assert_eq!(
        pick(&[("signature", "old"), ("msg_signature", "s"), ("timestamp", "1"), ("nonce", "n")]),
        right
    );
    assert_eq!(pick(&[("msg_signature", ""), ("signature", "s"), ("timestamp", "1"), ("nonce", "n")]), right);
    for missing in 0..3 {
        let mut pairs = vec![("signature", "s"), ("timestamp", "1"), ("nonce", "n")];
        pairs.remove(missing);
        assert_eq!(pick(&pairs), Err(Refused::Query));
    }
}

#[test]
fn large_is_taken_and_huge_is_refused() {
    let message = |size: usize| json!({"EventType": "new", "text": "x".repeat(size)}).to_string();
    assert!(open(&message(300 << 10)).is_ok());
    let (query, _) = pushed("{}");
    let exactly = vec![b' '; BODY_CAP];
    assert_eq!(receiver().open(&query, &exactly, now()).unwrap_err(), Refused::Body);
    let one_more = vec![b' '; BODY_CAP + 1];
    assert_eq!(receiver().open(&query, &one_more, now()).unwrap_err(), Refused::TooLarge);
    assert_eq!(open(&message(12 << 20)).unwrap_err(), Refused::TooLarge);
}

#[test]
fn depth_is_refused_and_not_fallen_into() {
    let deep = "[".repeat(100_000);
    let (query, _) = pushed("{}");
    assert_eq!(receiver().open(&query, deep.as_bytes(), now()).unwrap_err(), Refused::Body);
    let inside = format!(r#"{{"EventType":"new","a":{deep}"#);
    assert_eq!(open(&inside).unwrap_err(), Refused::Content);
}

#[test]
fn the_same_event_sealed_twice_has_one_key() {
    for message in [
        r#"{"EventType":"user_leave_org","eventId":"e-1","UserId":["a"]}"#,
        r#"{"EventType":"org_change","CorpId":"dingcorp1"}"#,
        r#"{"EventType":"bpms_instance_change","processInstanceId":"pi-1","type":"start"}"#,
    ] {
        let ((_, one), (_, other)) = (pushed(message), pushed(message));
        assert_ne!(one, other, "sealed with other random bytes");
        assert_eq!(open(message).unwrap().event.key, open(message).unwrap().event.key);
    }
}

#[test]
fn debug_output_names_nobody() {
    let message = json!({"EventType": "user_modify_org", "userId": ["lgb0007"],
        "diffInfo": {"curr": {"name": "王建国", "telephone": "13800000007"}}});
    let opened = open(&message.to_string()).unwrap();
    let shown = format!("{opened:?} {:?}", receiver());
    assert!(shown.contains("lgb0007"));
    for unsaid in ["王建国", "13800000007", TOKEN] {
        assert!(!shown.contains(unsaid), "{shown}");
    }
}
