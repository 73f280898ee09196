use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use chrono::Duration;
use dingtalk_callback::replay::{Marks, Memory, Recent, Repetition, check};

use crate::endpoint::{now, pushed, receiver};

const EVENT: &str = r#"{"EventType":"user_leave_org","eventId":"e-1","UserId":["lgb0007"]}"#;

/// A memory of one process never waits.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("it waits"),
    }
}

fn marks(message: &str) -> Marks {
    let (query, body) = pushed(message);
    Marks::of(&query, &receiver().open(&query, body.as_bytes(), now()).unwrap())
}

fn ask(memory: &mut Recent, marks: &Marks, after: Duration) -> Repetition {
    ready(check(memory, marks, Duration::hours(1), Duration::days(1), now() + after)).unwrap()
}

#[test]
fn a_retry_is_known_by_its_event_and_a_copy_by_its_envelope() {
    let mut memory = Recent::holding(100);
    let (first, retried) = (marks(EVENT), marks(EVENT));
    assert_eq!(first.event, retried.event);
    assert_ne!(first.envelope, retried.envelope);
    assert_eq!(ask(&mut memory, &first, Duration::zero()), Repetition::First);
    assert_eq!(ask(&mut memory, &first, Duration::seconds(1)), Repetition::Copied);
    assert_eq!(ask(&mut memory, &retried, Duration::seconds(10)), Repetition::Again);
    let other = marks(r#"{"EventType":"user_leave_org","eventId":"e-2","UserId":["lgb0007"]}"#);
    assert_eq!(ask(&mut memory, &other, Duration::seconds(10)), Repetition::First);
}

#[test]
fn the_decision_is_a_table() {
    let table = [
        (false, false, Repetition::First),
        (false, true, Repetition::Again),
        (true, true, Repetition::Copied),
        (true, false, Repetition::First),
    ];
    for (envelope, event, is) in table {
        assert_eq!(Repetition::of(envelope, event), is);
    }
}

#[test]
fn a_memory_forgets_by_time_and_by_number() {
    let mut memory = Recent::holding(2);
    let minute = Duration::minutes(1);
    assert_eq!(ready(memory.known("a", minute, now())), Ok(false));
    assert_eq!(ready(memory.known("a", minute, now())), Ok(true));
    assert_eq!(ready(memory.known("a", minute, now() + minute)), Ok(false), "its time was over");
    assert!(memory.knows("a", now() + minute));
    memory.remember("b", minute, now());
    memory.remember("c", minute, now());
    assert_eq!(["a", "b", "c"].map(|mark| memory.knows(mark, now())), [false, true, true]);
}

#[test]
fn every_part_of_the_envelope_is_in_its_mark() {
    let (query, body) = pushed(EVENT);
    let opened = receiver().open(&query, body.as_bytes(), now()).unwrap();
    let mark = Marks::of(&query, &opened).envelope;
    for part in [&query.nonce, &query.timestamp, &query.signature] {
        assert!(mark.contains(part.as_ref()));
    }
}
