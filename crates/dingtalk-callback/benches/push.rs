//! Where the time of a push goes: `cargo bench -p dingtalk-callback`. The body has the 826 bytes of an approval's event; each step is
//! measured by itself, then reading and answering as a whole.

#![expect(clippy::expect_used, reason = "what is measured was made here")]

use chrono::{DateTime, Duration, Utc};
use dingtalk_callback::{Event, Key, Pushed, Query, Receiver, sign};
use divan::{Bencher, black_box};

const TOKEN: &str = "tokenForTest01";
const OWNER: &str = "dingtestappkey0001";

fn main() {
    divan::main();
}

fn key() -> Key {
    Key::parse("4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij").expect("43 characters of base64")
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_700_000_000_000).expect("a time")
}

/// Somebody left, in so many bytes that the sealed body has 826.
fn message() -> String {
    let event = r#"{"EventType":"user_leave_org","CorpId":"dingcorp1","TimeStamp":"1700000000000","eventId":"e-1","UserId":["u1"],"remark":""#;
    format!("{event}{:r<1$}\"}}", "", 565 - event.len())
}

struct Request {
    receiver: Receiver,
    query: String,
    body: String,
}

fn request() -> Request {
    let pushed = Pushed::seal(&key(), TOKEN, OWNER, &message(), now()).expect("randomness");
    assert_eq!(pushed.body.len(), 826);
    // A request has the signature under one name.
    let query = pushed.query.iter().skip(1).map(|(name, value)| format!("{name}={value}"));
    let query = query.collect::<Vec<_>>().join("&");
    let receiver = Receiver::new(TOKEN.into(), key(), vec![OWNER.to_owned()], Duration::hours(1));
    Request { receiver, query, body: pushed.body }
}

fn encrypted(body: &str) -> String {
    let body: serde_json::Value = serde_json::from_str(body).expect("an envelope");
    body.get("encrypt").and_then(serde_json::Value::as_str).expect("a text").to_owned()
}

#[divan::bench]
fn a_query_is_read(bencher: Bencher) {
    let request = request();
    bencher.bench(|| Query::parse(black_box(&request.query)));
}

#[divan::bench]
fn b_signature_is_computed(bencher: Bencher) {
    let encrypt = encrypted(&request().body);
    bencher.bench(|| sign(TOKEN, "1700000000000", "0123456789abcdef", black_box(&encrypt)));
}

#[divan::bench]
fn c_text_is_opened(bencher: Bencher) {
    let (key, encrypt) = (key(), encrypted(&request().body));
    bencher.bench(|| key.open(black_box(&encrypt)));
}

#[divan::bench]
fn d_event_is_read(bencher: Bencher) {
    let message = message();
    bencher.bench(|| Event::parse(black_box(message.as_bytes())));
}

#[divan::bench]
fn e_answer_is_sealed(bencher: Bencher) {
    let request = request();
    let query = Query::parse(&request.query).expect("a query");
    let opened = request.receiver.open(&query, request.body.as_bytes(), now()).expect("sealed here");
    bencher.bench(|| request.receiver.success(black_box(&opened), now()));
}

#[divan::bench]
fn f_everything(bencher: Bencher) {
    let request = request();
    bencher.bench(|| {
        let query = Query::parse(black_box(&request.query))?;
        let opened = request.receiver.open(&query, black_box(request.body.as_bytes()), now())?;
        Ok::<_, dingtalk_callback::Refused>(request.receiver.success(&opened, now()))
    });
}
