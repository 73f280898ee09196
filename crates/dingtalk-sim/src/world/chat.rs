//! The chat between a person and the app's robot, with the work notices that arrive beside it.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::world::{CardFace, FaceButton, Refusal};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Chat {
    pub(crate) lines: Vec<Line>,
}

#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Line {
    /// Grows by one within a tenant.
    pub number: u64,
    pub at: DateTime<Utc>,
    pub by: Speaker,
    pub message: Message,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    Person,
    Robot,
    WorkNotice,
}

/// A message as a person sees it, however it was sent.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    Text {
        text: String,
    },
    Markdown {
        title: String,
        text: String,
    },
    Card {
        title: String,
        text: String,
        buttons: Vec<Button>,
    },
    /// An interactive card, as this chat's person sees it now: it changes in place.
    Interactive {
        card: String,
        face: CardFace,
    },
}

#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Button {
    pub title: String,
    pub url: String,
}

/// What the robot's address gets when a person says something.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) message_id: String,
    pub(crate) session: String,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) at: DateTime<Utc>,
    /// False when the month's deliveries are used up: the message arrives without its content.
    pub(crate) within_quota: bool,
}

impl Message {
    pub fn text(&self) -> &str {
        match self {
            Self::Text { text } | Self::Markdown { text, .. } | Self::Card { text, .. } => text,
            Self::Interactive { face, .. } => &face.text,
        }
    }

    pub fn buttons(&self) -> &[Button] {
        match self {
            Self::Card { buttons, .. } => buttons,
            Self::Text { .. } | Self::Markdown { .. } | Self::Interactive { .. } => &[],
        }
    }

    /// The limits the platform states for titles, texts and addresses.
    pub(crate) fn check(self) -> Result<Self, Refusal> {
        let wrong = match &self {
            Self::Text { text } if text.trim().is_empty() => "the text is empty",
            Self::Markdown { title, text } | Self::Card { title, text, .. }
                if title.trim().is_empty() || text.trim().is_empty() =>
            {
                "title and text are both required"
            }
            Self::Card { buttons, .. } if buttons.is_empty() => "a card needs a button",
            Self::Card { buttons, .. } if buttons.iter().any(|button| button.title.chars().count() > 20) => {
                "a button's title has at most 20 characters"
            }
            Self::Card { buttons, .. } if buttons.iter().any(|button| button.url.len() > 700) => {
                "a button's address has at most 700 bytes"
            }
            _ if self.text().chars().count() > 5000 => "the text has at most 5000 characters",
            _ => return Ok(self),
        };
        Err(Refusal::Parameter(wrong.to_owned()))
    }
}

/// A chat as text, for reading and for snapshots. `origin` is taken off the buttons' addresses: its port changes.
pub(crate) fn render(chat: &Chat, person: &str, robot: &str, origin: &str) -> String {
    let mut out = String::new();
    for line in &chat.lines {
        let speaker = match line.by {
            Speaker::Person => person,
            Speaker::Robot => robot,
            Speaker::WorkNotice => "工作通知",
        };
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{speaker}:");
        if let Message::Markdown { title, .. }
        | Message::Card { title, .. }
        | Message::Interactive { face: CardFace { title, .. }, .. } = &line.message
        {
            let _ = writeln!(out, "  【{title}】");
        }
        for text in line.message.text().lines().filter(|text| !text.trim().is_empty()) {
            let _ = writeln!(out, "  {}", text.trim_end());
        }
        for Button { title, url } in line.message.buttons() {
            let _ = writeln!(out, "  [{title}] {}", url.replace(origin, ""));
        }
        if let Message::Interactive { face, .. } = &line.message {
            for FaceButton { id, title, url } in &face.buttons {
                let to = url.as_ref().map_or_else(|| format!("#{id}"), |url| url.replace(origin, ""));
                let _ = writeln!(out, "  [{title}] {to}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_reads_like_a_dialogue() {
        let at = DateTime::UNIX_EPOCH;
        let said = Message::Text { text: "签到".to_owned() };
        let button =
            Button { title: "去签到".to_owned(), url: "http://127.0.0.1:4711/branch/1".to_owned() };
        let card = Message::Card {
            title: "支部学习".to_owned(),
            text: "今天上午9点".to_owned(),
            buttons: vec![button],
        };
        let lines = vec![
            Line { number: 1, at, by: Speaker::Person, message: said },
            Line { number: 2, at, by: Speaker::Robot, message: card },
        ];
        assert_eq!(
            render(&Chat { lines }, "王秀英", "银龄小助手", "http://127.0.0.1:4711"),
            "王秀英:\n  签到\n银龄小助手:\n  【支部学习】\n  今天上午9点\n  [去签到] /branch/1\n"
        );
    }
}
