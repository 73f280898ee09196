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
    /// A reminder or a greeting may have gone; it does not go again, and its ledger says that nobody knows.
    Unknown,
}

pub(super) fn window(point: &str) -> Window {
    match point {
        "callback.received" | "acceptor.group" => Window::NotTaken,
        "tell.called" | "answer.called" => Window::Again,
        _ => Window::Closed,
    }
}

/// The same of one's own result, which goes again: whoever was in the call before is not known.
pub(super) fn window_of_news(point: &str) -> Window {
    if IN_THE_CALL.contains(&point) { Window::Again } else { window(point) }
}

/// And of a reminder or a greeting, which does not.
pub(super) fn window_of_reminders(point: &str) -> Window {
    if IN_THE_CALL.contains(&point) { Window::Unknown } else { window(point) }
}

const IN_THE_CALL: [&str; 3] = ["mail.taken", "mail.called", "fate.written"];

/// Taking something in and answering for it.
const TAKING: [&str; 4] = ["callback.received", "acceptor.group", "acceptor.kept", "callback.stored"];
/// Working it off.
const WORKING: [&str; 5] = ["inbox.claimed", "inbox.asked", "inbox.effect", "inbox.noted", "inbox.committed"];
/// A letter to one or many.
const MAILING: [&str; 7] = [
    "outbox.claimed",
    "mail.judged",
    "call.counted",
    "mail.taken",
    "mail.called",
    "fate.written",
    "fate.kept",
];

fn all(parts: &[&[&'static str]]) -> BTreeSet<&'static str> {
    parts.concat().into_iter().collect()
}

pub(super) fn joining() -> BTreeSet<&'static str> {
    all(&[&TAKING, &WORKING, &MAILING])
}

pub(super) fn speaking() -> BTreeSet<&'static str> {
    all(&[&TAKING, &WORKING, &["outbox.claimed", "answer.ready", "answer.called", "answer.marked"]])
}

/// An answer whose chat does not take it any more is a message.
pub(super) const TELLING: [&str; 4] = ["call.counted", "tell.ready", "tell.called", "tell.marked"];

pub(super) fn telling() -> BTreeSet<&'static str> {
    all(&[&TAKING, &WORKING, &["outbox.claimed", "answer.ready", "answer.called"], &TELLING])
}

pub(super) fn deciding() -> BTreeSet<&'static str> {
    let asking =
        ["approval.ready", "approval.sending", "approval.called", "approval.noted", "approval.marked"];
    all(&[&asking, &TAKING, &WORKING, &MAILING])
}

/// Taking an instance back.
pub(super) const RECALLING: [&str; 3] = ["recall.ready", "recall.called", "recall.marked"];

pub(super) fn recalling() -> BTreeSet<&'static str> {
    all(&[&RECALLING, &TAKING, &WORKING, &MAILING])
}

pub(super) fn reminding() -> BTreeSet<&'static str> {
    all(&[&["plan.due", "plan.fired"], &MAILING])
}

/// Looking for what should have come.
pub(super) const LOOKING: [&str; 4] = ["missed.fetched", "missed.kept", "silent.found", "silent.kept"];

pub(super) fn missing() -> BTreeSet<&'static str> {
    all(&[&LOOKING, &WORKING, &MAILING])
}

/// The next way, when the first does not reach.
pub(super) const CLIMBING: [&str; 4] = ["climb.found", "climb.kept", "text.taken", "text.sent"];

pub(super) fn climbing() -> BTreeSet<&'static str> {
    all(&[&CLIMBING, &TAKING, &WORKING, &["outbox.claimed", "fate.written", "fate.kept"]])
}

/// Holding the platform's approvals against ours.
pub(super) const CHECKING: [&str; 4] = ["check.begun", "check.listed", "check.judged", "check.kept"];

pub(super) fn checking() -> BTreeSet<&'static str> {
    all(&[&CHECKING, &WORKING, &MAILING])
}

/// Deciding on our page.
pub(super) const PRESSING: [&str; 2] = ["decision.ready", "decision.called"];

pub(super) fn pressing() -> BTreeSet<&'static str> {
    all(&[&PRESSING, &TAKING, &WORKING, &MAILING])
}

/// A walk through the directory.
pub(super) fn walking() -> BTreeSet<&'static str> {
    ["walk.begun", "walk.read", "walk.compared", "walk.part", "walk.written"].into()
}

/// Looking for leavers.
pub(super) fn leaving() -> BTreeSet<&'static str> {
    ["leavers.read", "leavers.gone", "leavers.swept"].into()
}

/// Keeping a file that somebody sends.
pub(super) fn keeping() -> BTreeSet<&'static str> {
    ["evidence.announced", "evidence.written", "evidence.kept"].into()
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
    let walks = [
        joining(),
        speaking(),
        telling(),
        deciding(),
        recalling(),
        reminding(),
        missing(),
        climbing(),
        checking(),
        pressing(),
        walking(),
        leaving(),
        keeping(),
    ];
    let walked: BTreeSet<&str> = walks.into_iter().flatten().collect();
    assert_eq!(code, walked);
}
