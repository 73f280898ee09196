//! Every point there is (`mailbox::point`), and who comes by it.

use std::collections::BTreeSet;

use crate::fences::{production, sources};

/// What may be so when everything has stopped at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Window {
    /// Nothing but what would have been so anyhow.
    Closed,
    /// It has not been taken, and the sender knows: the platform pushes an event again, a person says it again.
    NotTaken,
    /// A call was made, and is made again, because nobody wrote down that it was: once more, and its letter says so.
    Again,
    /// A reminder may have gone; it does not go again, and its ledger says that nobody knows.
    Unknown,
}

pub(super) fn window(point: &str) -> Window {
    match point {
        "callback.received" | "acceptor.group" => Window::NotTaken,
        "tell.called" | "answer.called" => Window::Again,
        // Whoever else is in the same call has not been written down either.
        "remind.taken" | "remind.called" | "remind.settled" | "remind.marked" => Window::Unknown,
        _ => Window::Closed,
    }
}

/// Taking something in and answering for it.
const TAKING: [&str; 4] = ["callback.received", "acceptor.group", "acceptor.kept", "callback.stored"];
/// Working it off.
const WORKING: [&str; 5] = ["inbox.claimed", "inbox.asked", "inbox.effect", "inbox.noted", "inbox.committed"];
/// Saying something to one person.
const TELLING: [&str; 4] = ["outbox.claimed", "tell.ready", "tell.called", "tell.marked"];

pub(super) fn joining() -> BTreeSet<&'static str> {
    [&TAKING[..], &WORKING, &TELLING].concat().into_iter().collect()
}

pub(super) fn speaking() -> BTreeSet<&'static str> {
    let answering = ["outbox.claimed", "answer.ready", "answer.called", "answer.marked"];
    [&TAKING[..], &WORKING, &answering].concat().into_iter().collect()
}

pub(super) fn deciding() -> BTreeSet<&'static str> {
    let asking =
        ["approval.ready", "approval.sending", "approval.called", "approval.noted", "approval.marked"];
    [&asking[..], &TAKING, &WORKING, &TELLING].concat().into_iter().collect()
}

/// Taking an instance back.
pub(super) const RECALLING: [&str; 3] = ["recall.ready", "recall.called", "recall.marked"];

pub(super) fn recalling() -> BTreeSet<&'static str> {
    [&RECALLING[..], &TAKING, &WORKING, &TELLING].concat().into_iter().collect()
}

pub(super) fn reminding() -> BTreeSet<&'static str> {
    let reminding = [
        "plan.due",
        "plan.fired",
        "outbox.claimed",
        "remind.judged",
        "remind.taken",
        "remind.called",
        "remind.settled",
        "remind.marked",
    ];
    reminding.into()
}

/// Looking for what should have come.
pub(super) const LOOKING: [&str; 4] = ["missed.fetched", "missed.kept", "silent.found", "silent.kept"];

pub(super) fn missing() -> BTreeSet<&'static str> {
    [&LOOKING[..], &WORKING, &TELLING].concat().into_iter().collect()
}

#[test]
fn every_point_of_the_code_is_walked_through() {
    let mut named: Vec<String> = Vec::new();
    for (_, text) in sources() {
        for line in production(&text).iter().filter(|line| !line.trim_start().starts_with("//")) {
            let here = line.split("point(\"").skip(1).filter_map(|rest| rest.split('"').next());
            named.extend(here.map(str::to_owned));
        }
    }
    let code: BTreeSet<&str> = named.iter().map(String::as_str).collect();
    assert_eq!(code.len(), named.len(), "a name stands in one place");
    let walked: BTreeSet<&str> = [joining(), speaking(), deciding(), recalling(), reminding(), missing()]
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(code, walked);
}
