use std::borrow::Cow;

use chrono::Duration;
use dingtalk_callback::{Key, Query, Refused};
use proptest::prelude::*;

use crate::endpoint::{KEY, OWNER, TOKEN, now, pushed, pushed_for, receiver};

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
    let open = |query: &Query<'_>, body: &[u8]| receiver().open(query, body, now());
    for at in 0..body.len() {
        for bit in 0..8 {
            let mut forged = body.clone().into_bytes();
            forged[at] ^= 1 << bit;
            assert!(open(&query, &forged).is_err(), "bit {bit} of byte {at} of the body");
        }
    }
    let flip = |text: &str, at: usize| -> Option<Cow<'static, str>> {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] ^= 1;
        String::from_utf8(bytes).ok().map(Cow::Owned)
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

/// The whole request as it stands on the wire: the query as text, with either name of each parameter, and the body.
#[test]
fn every_flipped_bit_of_the_request_is_refused() {
    let (query, body) = pushed(EVENT);
    let Query { signature, timestamp, nonce } = &query;
    let open =
        |text: &str, body: &[u8]| Query::parse(text).and_then(|query| receiver().open(&query, body, now()));
    for text in [
        format!("msg_signature={signature}&timestamp={timestamp}&nonce={nonce}"),
        format!("nonce={nonce}&timeStamp={timestamp}&signature={signature}"),
    ] {
        assert!(open(&text, body.as_bytes()).is_ok());
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut forged = text.clone().into_bytes();
                forged[at] ^= 1 << bit;
                let Ok(forged) = String::from_utf8(forged) else { continue };
                // One bit lies between the two names of the timestamp; the request is the same under either.
                if forged.eq_ignore_ascii_case(&text) && forged.to_lowercase().contains("timestamp=") && {
                    let (one, other) = (
                        forged.replace("timeStamp=", "timestamp="),
                        text.replace("timeStamp=", "timestamp="),
                    );
                    one == other
                } {
                    continue;
                }
                assert!(open(&forged, body.as_bytes()).is_err(), "bit {bit} of byte {at}: {forged}");
            }
        }
    }
    let text = format!("msg_signature={signature}&timestamp={timestamp}&nonce={nonce}");
    for at in 0..body.len() {
        for byte in 0..=u8::MAX {
            let mut forged = body.clone().into_bytes();
            if std::mem::replace(&mut forged[at], byte) != byte {
                assert!(open(&text, &forged).is_err(), "byte {at} as {byte}");
            }
        }
    }
}

#[test]
fn characters_cannot_wander_between_nonce_and_timestamp() {
    // "12|3" and "1|23" are the same when they are joined in order; the time says which is meant.
    let (query, body) = pushed(EVENT);
    let (head, last) = query.timestamp.split_at(query.timestamp.len() - 1);
    let wandered =
        Query { timestamp: head.into(), nonce: format!("{last}{}", query.nonce).into(), ..query.clone() };
    assert!(receiver().open(&wandered, body.as_bytes(), now()).is_err());
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
    for (owner, message) in [("another", EVENT), ("", EVENT), (OWNER, "not json"), (OWNER, "[]"), (OWNER, "")]
    {
        let (query, body) = pushed_for(owner, message);
        let refused = receiver().open(&query, body.as_bytes(), now()).unwrap_err();
        assert_eq!(refused, Refused::Content, "{owner} {message}");
    }
    // One letter more is another owner.
    let (query, body) = pushed_for(&format!("{OWNER}x"), EVENT);
    assert!(receiver().open(&query, body.as_bytes(), now()).is_err());
}

proptest! {
    #[test]
    fn whatever_is_sealed_opens_again(message in ".{0,300}", owner in "[a-z0-9]{1,40}", random: [u8; 16]) {
        let key = Key::parse(KEY).unwrap();
        let plain = key.open(&key.seal(message.as_bytes(), &owner, random).unwrap()).unwrap();
        prop_assert_eq!(plain.message(), message.as_bytes());
        prop_assert_eq!(plain.owner(), owner.as_bytes());
    }

    #[test]
    fn garbage_is_refused_and_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in ".{0,200}") {
        let key = Key::parse(KEY).unwrap();
        let _ = key.open(&text);
        let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &bytes);
        let _ = key.open(&encoded);
        let query = Query {
            signature: text.as_str().into(),
            timestamp: now().timestamp_millis().to_string().into(),
            nonce: text.as_str().into(),
        };
        prop_assert!(receiver().open(&query, &bytes, now()).is_err());
    }
}
