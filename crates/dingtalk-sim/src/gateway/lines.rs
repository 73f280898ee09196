//! The connections that are open, what was sent on them, and what was answered.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk::stream::{Subscription, SubscriptionKind};
use dingtalk_callback::frame::Ack;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use super::frames;
use super::tickets::{Asked, Tickets};
use crate::world::Ids;

/// So long after the notice, a connection that the gateway no longer wants is closed.
const GRACE: TimeDelta = TimeDelta::seconds(10);
/// An event that is not answered within this time, on the tenant's clock, counts as not taken. The platform names no number.
const ANSWER_WITHIN: TimeDelta = TimeDelta::seconds(30);

/// What a connection is told to do.
#[derive(Debug)]
pub(crate) enum Order {
    Text(String),
    Binary(Vec<u8>),
    /// Of the WebSocket itself, not of the protocol on it.
    Ping,
    Close,
    /// Without a word, as a balancer does it.
    Drop,
    /// Neither read nor answer any more, as a host that lost its power.
    Hush,
}

#[derive(Debug, Default)]
pub(crate) struct Gateway {
    /// Where clients connect; no query, the port named.
    pub(crate) endpoint: String,
    tickets: Tickets,
    lines: BTreeMap<String, Line>,
    asked: BTreeMap<String, Question>,
    complaints: Vec<String>,
}

#[derive(Debug)]
struct Line {
    number: u64,
    asked: Asked,
    orders: mpsc::UnboundedSender<Order>,
    closes_at: Option<DateTime<Utc>>,
    sent: u64,
    answered: u64,
    pings: u64,
    pongs: u64,
}

#[derive(Debug)]
struct Question {
    line: String,
    until: Option<DateTime<Utc>>,
    answer: oneshot::Sender<Ack>,
}

/// An open connection, as a test or a visitor sees it.
#[derive(Clone, Debug, Serialize)]
pub struct Connection {
    /// A word of the simulator's own.
    pub id: String,
    /// What the client says it is.
    pub ua: String,
    /// What it asked to be told of.
    pub subscriptions: Vec<Subscription>,
    /// It was told to go and gets nothing new.
    pub leaving: bool,
    /// Messages that went out on it.
    pub sent: u64,
    /// Answers that came back on it.
    pub answered: u64,
    /// Pings of the WebSocket that came and were answered.
    pub pings: u64,
    /// Answers to the pings that it was sent.
    pub pongs: u64,
}

impl Gateway {
    pub(crate) fn issue(
        &mut self,
        ua: String,
        subscriptions: Vec<Subscription>,
        ids: &mut Ids,
        now: DateTime<Utc>,
    ) -> String {
        self.tickets.issue(Asked { ua, subscriptions }, ids, now)
    }

    /// The ticket is used up, whatever becomes of the connection.
    pub(super) fn join(
        &mut self,
        ticket: &str,
        orders: mpsc::UnboundedSender<Order>,
        ids: &mut Ids,
        now: DateTime<Utc>,
    ) -> Option<String> {
        let asked = self.tickets.redeem(ticket, now)?;
        let id = ids.tagged("conn");
        let number = self.lines.values().map(|line| line.number + 1).max().unwrap_or_default();
        let line = Line { number, asked, orders, closes_at: None, sent: 0, answered: 0, pings: 0, pongs: 0 };
        self.lines.insert(id.clone(), line);
        Some(id)
    }

    /// What was asked on it will not be answered any more.
    pub(super) fn left(&mut self, id: &str) {
        self.lines.remove(id);
        self.asked.retain(|_, question| question.line != id);
    }

    /// One of those who want it, at random.
    pub(super) fn pick(&self, kind: SubscriptionKind, topic: &str, ids: &mut Ids) -> Option<String> {
        let wants = |line: &Line| {
            let subscribed =
                line.asked.subscriptions.iter().any(|one| one.kind == kind && one.topic == topic);
            subscribed && line.closes_at.is_none()
        };
        let mut able: Vec<_> = self.lines.iter().filter(|(_, line)| wants(line)).collect();
        // In the order of their opening, so that the seed decides and not the names.
        able.sort_by_key(|(_, line)| line.number);
        let last = able.len().checked_sub(1)?;
        able.get(ids.place(last)).map(|(id, _)| (*id).clone())
    }

    /// Sends a message and waits for its answer; for ever unless `expires`.
    pub(super) fn ask(
        &mut self,
        line: &str,
        message_id: &str,
        text: String,
        expires: bool,
        now: DateTime<Utc>,
    ) -> Option<oneshot::Receiver<Ack>> {
        self.order(line, Order::Text(text)).then_some(())?;
        if let Some(line) = self.lines.get_mut(line) {
            line.sent += 1;
        }
        let (answer, answered) = oneshot::channel();
        let until = expires.then(|| now + ANSWER_WITHIN);
        self.asked.insert(message_id.to_owned(), Question { line: line.to_owned(), until, answer });
        Some(answered)
    }

    /// Something was written on a connection. What is not as documented is kept as a complaint.
    pub(super) fn heard(&mut self, line: &str, text: &str) {
        let value = serde_json::from_str::<Value>(text).unwrap_or_default();
        let ack = Ack::parse(text);
        let (Ok(ack), Some(Value::String(_))) = (ack, value.get("data")) else {
            return self.complain(format!("not an answer: {text}"));
        };
        if !value.get("code").is_some_and(Value::is_u64)
            || !value.get("message").is_some_and(Value::is_string)
        {
            self.complain(format!("code must be a number and message a text: {text}"));
        }
        let id = ack.message_id.clone().unwrap_or_default();
        match self.asked.remove(&id) {
            Some(question) if question.line == line => {
                if let Some(line) = self.lines.get_mut(line) {
                    line.answered += 1;
                }
                // Whoever asked may have given up.
                let _ = question.answer.send(ack);
            }
            Some(question) => {
                self.asked.insert(id.clone(), question);
                self.complain(format!("{id} was asked on another connection"));
            }
            None => self.complain(format!("nothing was asked, or not any more, that is answered by {id:?}")),
        }
    }

    pub(super) fn pinged(&mut self, line: &str) {
        if let Some(line) = self.lines.get_mut(line) {
            line.pings += 1;
        }
    }

    pub(super) fn ponged(&mut self, line: &str) {
        if let Some(line) = self.lines.get_mut(line) {
            line.pongs += 1;
        }
    }

    pub(super) fn complain(&mut self, what: String) {
        tracing::warn!(what, "a stream client is not understood");
        self.complaints.push(what);
    }

    /// Tells a connection to go; false when there is none.
    pub(crate) fn disconnect(&mut self, id: &str, now: DateTime<Utc>) -> bool {
        let told = self.order(id, Order::Text(frames::disconnect().to_text()));
        if let Some(line) = self.lines.get_mut(id) {
            line.closes_at.get_or_insert(now + GRACE);
        }
        told
    }

    /// Every connection, without a word.
    pub(crate) fn cut_all(&mut self) {
        for line in self.lines.values() {
            // One that is over already needs no order.
            let _ = line.orders.send(Order::Drop);
        }
    }

    /// False when there is no such connection.
    pub(crate) fn order(&mut self, id: &str, order: Order) -> bool {
        self.lines.get(id).is_some_and(|line| line.orders.send(order).is_ok())
    }

    /// Is something to be done because time has passed?
    pub(super) fn is_due(&self, now: DateTime<Utc>) -> bool {
        let over = |until: Option<DateTime<Utc>>| until.is_some_and(|until| until <= now);
        self.lines.values().any(|line| over(line.closes_at)) || self.asked.values().any(|one| over(one.until))
    }

    pub(super) fn pass_time(&mut self, now: DateTime<Utc>) {
        let over = |until: Option<DateTime<Utc>>| until.is_some_and(|until| until <= now);
        self.asked.retain(|_, question| !over(question.until));
        let ending: Vec<_> =
            self.lines.iter().filter(|(_, line)| over(line.closes_at)).map(|(id, _)| id.clone()).collect();
        for id in ending {
            self.order(&id, Order::Close);
            // It is closed once; what still comes on it is heard until it is gone.
            if let Some(line) = self.lines.get_mut(&id) {
                line.closes_at = Some(DateTime::<Utc>::MAX_UTC);
            }
        }
    }

    pub(crate) fn connections(&self) -> Vec<Connection> {
        let mut lines: Vec<_> = self.lines.iter().collect();
        lines.sort_by_key(|(_, line)| line.number);
        let shown = |(id, line): (&String, &Line)| Connection {
            id: id.clone(),
            ua: line.asked.ua.clone(),
            subscriptions: line.asked.subscriptions.clone(),
            leaving: line.closes_at.is_some(),
            sent: line.sent,
            answered: line.answered,
            pings: line.pings,
            pongs: line.pongs,
        };
        lines.into_iter().map(shown).collect()
    }

    pub(crate) fn complaints(&self) -> &[String] {
        &self.complaints
    }
}
