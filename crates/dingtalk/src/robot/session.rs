//! The form that session webhooks take: `msgtype` and a body named after it.

use serde::{Deserialize, Serialize};

use super::message::RobotMessage;
use crate::sealed::shows;

/// The form that session webhooks take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "msgtype")]
pub enum SessionMessage {
    /// Words.
    #[serde(rename = "text")]
    Text {
        /// `content`.
        text: SessionText,
    },
    /// Markdown.
    #[serde(rename = "markdown")]
    Markdown {
        /// Title and text.
        markdown: SessionMarkdown,
    },
    /// A card with buttons.
    #[serde(rename = "actionCard")]
    Card {
        /// Title, text and buttons.
        #[serde(rename = "actionCard")]
        card: SessionCard,
    },
    /// Nothing; only as the answer to a pushed message.
    #[serde(rename = "empty")]
    Empty,
}

/// Words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionText {
    /// The words.
    pub content: String,
}

shows!(SessionText);

/// Markdown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionMarkdown {
    /// Shown in the list.
    pub title: String,
    /// The body.
    pub text: String,
}

shows!(SessionMarkdown);

/// A card with buttons.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionCard {
    /// Shown in the list.
    pub title: String,
    /// The body, markdown.
    pub text: String,
    /// `0`: one below the other; `1`: side by side.
    #[serde(default)]
    pub btn_orientation: String,
    /// The buttons.
    pub btns: Vec<SessionButton>,
}

shows!(SessionCard);

/// A button of a card.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionButton {
    /// The word on it.
    pub title: String,
    /// Where it leads.
    #[serde(rename = "actionURL")]
    pub action_url: String,
}

shows!(SessionButton);

impl From<RobotMessage> for SessionMessage {
    fn from(message: RobotMessage) -> Self {
        match message {
            RobotMessage::Text(content) => Self::Text { text: SessionText { content } },
            RobotMessage::Markdown { title, text } => {
                Self::Markdown { markdown: SessionMarkdown { title, text } }
            }
            RobotMessage::Card { title, text, buttons } => {
                let btns: Vec<_> = buttons
                    .into_iter()
                    .map(|button| SessionButton { title: button.title, action_url: button.url })
                    .collect();
                // As the templates have it: two side by side, any other number one below the other.
                let btn_orientation = if btns.len() == 2 { "1" } else { "0" }.to_owned();
                Self::Card { card: SessionCard { title, text, btn_orientation, btns } }
            }
        }
    }
}
