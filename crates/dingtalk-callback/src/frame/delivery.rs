//! What a frame asks for.

use dingtalk::stream::{CARD, ROBOT};
use serde_json::Value;

use super::{Frame, FrameKind};
use crate::{card::CardPress, event::Event, robot::RobotMessage, sealed::shows};

/// What a frame asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivery {
    /// Are you there? The data goes back.
    Ping,
    /// The gateway stops using this connection and closes it in ten seconds: open another, answer here what is under way.
    Disconnect,
    /// Something else about the connection, of old: `CONNECTED`, `REGISTERED`, `KEEPALIVE`.
    Notice,
    /// Something for the app.
    Message(Box<Message>),
    /// Of no known kind.
    Unknown,
    /// Of a known kind, and not to be read.
    Unreadable,
}

/// Something for the app.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// Something happened; comes again until it is taken.
    Event(Event),
    /// Somebody spoke to the robot; comes once.
    Robot(RobotMessage),
    /// Somebody pressed a card; comes once, and waits two seconds for the answer.
    Card(CardPress),
    /// Something else that was subscribed to.
    Callback(Callback),
}

/// A callback of a topic that this crate does not know.
#[derive(Clone, PartialEq)]
pub struct Callback {
    /// Which.
    pub topic: String,
    /// Its data; a text where it was no JSON.
    pub data: Value,
}

shows!(Callback: topic);

impl Message {
    /// Is it sent until it is taken? Callbacks come once, whatever becomes of them.
    pub fn comes_again(&self) -> bool {
        matches!(self, Self::Event(_))
    }

    /// The same for the same message, however often it comes; `None` for what is never sent twice.
    pub fn key(&self) -> Option<String> {
        match self {
            Self::Event(event) => Some(format!("event/{}", event.id.as_ref().unwrap_or(&event.key))),
            Self::Robot(message) => Some(format!("robot/{}", message.msg_id)),
            Self::Card(_) | Self::Callback(_) => None,
        }
    }
}

impl Delivery {
    /// Reads what a frame asks for; a frame that cannot be understood is a [`Delivery`] too, since it must be answered all the same.
    pub fn read(frame: &Frame) -> Self {
        match (&frame.kind, frame.topic()) {
            (FrameKind::System, "ping") => Self::Ping,
            (FrameKind::System, "disconnect") => Self::Disconnect,
            (FrameKind::System, _) => Self::Notice,
            (FrameKind::Event, _) => or_unreadable(Event::from_stream(frame).map(Message::Event)),
            (FrameKind::Callback, ROBOT) => {
                or_unreadable(RobotMessage::parse(frame.data.as_bytes()).map(Message::Robot))
            }
            (FrameKind::Callback, CARD) => {
                or_unreadable(CardPress::parse(frame.data.as_bytes()).map(Message::Card))
            }
            (FrameKind::Callback, topic) => {
                let data = serde_json::from_str(&frame.data).unwrap_or(Value::from(frame.data.as_str()));
                Self::Message(Box::new(Message::Callback(Callback { topic: topic.to_owned(), data })))
            }
            (FrameKind::Other(_), _) => Self::Unknown,
        }
    }
}

fn or_unreadable<E>(read: Result<Message, E>) -> Delivery {
    read.map_or(Delivery::Unreadable, |message| Delivery::Message(Box::new(message)))
}
