use chrono::{DateTime, Duration, TimeZone, Utc};
use dingtalk_callback::{Key, Pushed, Query, Receiver, Refused};
use proptest::prelude::*;
use secrecy::SecretString;

const KEY: &str = "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij";
const TOKEN: &str = "tokenForTest01";
const OWNER: &str = "dingtestappkey0001";

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 2, 1, 0, 0).unwrap()
}

fn receiver() -> Receiver {
    let owners = vec![OWNER.to_owned(), "dingcorp1".to_owned()];
    Receiver::new(SecretString::from(TOKEN), Key::parse(KEY).unwrap(), owners, Duration::hours(1))
}

fn pushed(message: &str) -> (Query, String) {
    let pushed = Pushed::seal(&Key::parse(KEY).unwrap(), TOKEN, OWNER, message, now()).unwrap();
    let pairs: Vec<(String, String)> = pushed.query.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
    (Query::pick(&pairs).unwrap(), pushed.body)
}

const EVENT: &str = r#"{"EventType":"user_leave_org","eventId":"e-1","UserId":["lgb0007"]}"#;

#[test]
fn a_push_opens_and_its_reply_says_success() {
    let (query, body) = pushed(EVENT);
    let opened = receiver().open(&query, body.as_bytes(), now()).unwrap();
    assert_eq!(opened.event.kind, "user_leave_org");
    let reply = receiver().success(&opened, now()).unwrap();
    assert!(reply.says_success(&Key::parse(KEY).unwrap(), TOKEN, OWNER).unwrap());
}

#[test]
fn every_flipped_byte_is_refused() {
    let (query, body) = pushed(EVENT);
    let open = |query: &Query, body: &[u8]| receiver().open(query, body, now());
    for at in 0..body.len() {
        let mut forged = body.clone().into_bytes();
        forged[at] ^= 1;
        assert!(open(&query, &forged).is_err(), "byte {at} of the body");
    }
    let flip = |text: &str, at: usize| -> Option<String> {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] ^= 1;
        String::from_utf8(bytes).ok()
    };
    for at in 0..query.signature.len() {
        let forged = Query { signature: flip(&query.signature, at).unwrap(), ..query.clone() };
        assert!(open(&forged, body.as_bytes()).is_err());
    }
    for at in 0..query.timestamp.len() {
        let forged = Query { timestamp: flip(&query.timestamp, at).unwrap(), ..query.clone() };
        assert!(open(&forged, body.as_bytes()).is_err());
    }
    for at in 0..query.nonce.len() {
        let forged = Query { nonce: flip(&query.nonce, at).unwrap(), ..query.clone() };
        assert!(open(&forged, body.as_bytes()).is_err());
    }
}

#[test]
fn timestamp_and_nonce_cannot_change_places() {
    // The signature is over sorted parts, so it stays right; only the strict reading of the time refuses this.
    let (query, body) = pushed(EVENT);
    let swapped = Query { timestamp: query.nonce.clone(), nonce: query.timestamp.clone(), ..query };
    assert_eq!(receiver().open(&swapped, body.as_bytes(), now()).unwrap_err(), Refused::Stale);
}

#[test]
fn old_and_early_pushes_are_refused() {
    let (query, body) = pushed(EVENT);
    for off in [Duration::hours(2), -Duration::hours(2), Duration::days(365)] {
        assert_eq!(receiver().open(&query, body.as_bytes(), now() + off).unwrap_err(), Refused::Stale);
    }
}

#[test]
fn what_is_sealed_for_somebody_else_is_refused() {
    let key = Key::parse(KEY).unwrap();
    for (owner, message) in [("another", EVENT), (OWNER, "not json"), (OWNER, "[]")] {
        let pushed = Pushed::seal(&key, TOKEN, owner, message, now()).unwrap();
        let pairs: Vec<(String, String)> = pushed.query.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        let query = Query::pick(&pairs).unwrap();
        assert_eq!(
            receiver().open(&query, pushed.body.as_bytes(), now()).unwrap_err(),
            Refused::Content,
            "{owner} {message}"
        );
    }
}

#[test]
fn a_missing_parameter_and_a_huge_body_are_named() {
    let pair = |k: &str, v: &str| (k.to_owned(), v.to_owned());
    assert_eq!(Query::pick(&[pair("signature", "x"), pair("nonce", "n")]).unwrap_err(), Refused::Query);
    assert!(Query::pick(&[pair("signature", "x"), pair("timeStamp", "1"), pair("nonce", "n")]).is_ok());
    let (query, _) = pushed(EVENT);
    let huge = vec![b' '; 2 << 20];
    assert_eq!(receiver().open(&query, &huge, now()).unwrap_err(), Refused::TooLarge);
}

proptest! {
    #[test]
    fn whatever_is_sealed_opens_again(message in ".{0,300}", owner in "[a-z0-9]{1,40}", random: [u8; 16]) {
        let key = Key::parse(KEY).unwrap();
        let plain = key.open(&key.seal(message.as_bytes(), &owner, random).unwrap()).unwrap();
        prop_assert_eq!(plain.message, message.as_bytes());
        prop_assert_eq!(plain.owner, owner.as_bytes());
    }

    #[test]
    fn garbage_is_refused_and_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in ".{0,200}") {
        let key = Key::parse(KEY).unwrap();
        let _ = key.open(&text);
        let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &bytes);
        let _ = key.open(&encoded);
        let query = Query { signature: text.clone(), timestamp: now().timestamp_millis().to_string(), nonce: text };
        prop_assert!(receiver().open(&query, &bytes, now()).is_err());
    }
}
