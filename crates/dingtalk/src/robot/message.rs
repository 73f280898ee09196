//! What a robot can say. Page: 企业机器人发送消息的消息类型 (`msgKey` and `msgParam`).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A button that opens a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RobotButton {
    /// The word on it.
    pub title: String,
    /// Where it leads.
    pub url: String,
}

/// A message of a robot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RobotMessage {
    /// `sampleText`.
    Text(String),
    /// `sampleMarkdown`.
    Markdown {
        /// Shown in the list and in the notification.
        title: String,
        /// The body.
        text: String,
    },
    /// `sampleActionCard` (one button) or `sampleActionCard2` … `5` (that many, one below the other).
    Card {
        /// Shown in the list and in the notification.
        title: String,
        /// The body, markdown.
        text: String,
        /// One to five.
        buttons: Vec<RobotButton>,
    },
}

impl RobotMessage {
    /// `msgKey`, or `None` when the message fits no template.
    pub fn key(&self) -> Option<&'static str> {
        match self {
            Self::Text(_) => Some("sampleText"),
            Self::Markdown { .. } => Some("sampleMarkdown"),
            Self::Card { buttons, .. } => match buttons.len() {
                1 => Some("sampleActionCard"),
                2 => Some("sampleActionCard2"),
                3 => Some("sampleActionCard3"),
                4 => Some("sampleActionCard4"),
                5 => Some("sampleActionCard5"),
                _ => None,
            },
        }
    }

    /// `msgParam`: the template's fields.
    pub fn param(&self) -> Value {
        match self {
            Self::Text(content) => json!({ "content": content }),
            Self::Markdown { title, text } => json!({ "title": title, "text": text }),
            Self::Card { title, text, buttons } => {
                let mut param = vec![("title".to_owned(), title), ("text".to_owned(), text)];
                match buttons.as_slice() {
                    [only] => {
                        param.push(("singleTitle".to_owned(), &only.title));
                        param.push(("singleURL".to_owned(), &only.url));
                    }
                    several => {
                        for (number, button) in (1..).zip(several) {
                            param.push((format!("actionTitle{number}"), &button.title));
                            param.push((format!("actionURL{number}"), &button.url));
                        }
                    }
                }
                param.into_iter().map(|(name, value)| (name, json!(value))).collect()
            }
        }
    }

    /// Reads a message back from its template's name and fields; `None` when a field is missing or the template is another.
    pub fn read(key: &str, param: &Value) -> Option<Self> {
        let field = |name: &str| param.get(name).and_then(Value::as_str).map(str::to_owned);
        match key {
            "sampleText" => field("content").map(Self::Text),
            "sampleMarkdown" => Some(Self::Markdown { title: field("title")?, text: field("text")? }),
            "sampleActionCard" => {
                let button = RobotButton { title: field("singleTitle")?, url: field("singleURL")? };
                Some(Self::Card { title: field("title")?, text: field("text")?, buttons: vec![button] })
            }
            _ => {
                let count: u8 = key.strip_prefix("sampleActionCard")?.parse().ok()?;
                let buttons = (1..=count)
                    .filter(|_| (2..=5).contains(&count))
                    .map(|n| {
                        Some(RobotButton {
                            title: field(&format!("actionTitle{n}"))?,
                            url: field(&format!("actionURL{n}"))?,
                        })
                    })
                    .collect::<Option<Vec<_>>>()?;
                (!buttons.is_empty()).then_some(Self::Card {
                    title: field("title")?,
                    text: field("text")?,
                    buttons,
                })
            }
        }
    }
}

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionText {
    /// The words.
    pub content: String,
}

/// Markdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionMarkdown {
    /// Shown in the list.
    pub title: String,
    /// The body.
    pub text: String,
}

/// A card with buttons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionCard {
    /// Shown in the list.
    pub title: String,
    /// The body, markdown.
    pub text: String,
    /// `0`: one below the other.
    #[serde(default)]
    pub btn_orientation: String,
    /// The buttons.
    pub btns: Vec<SessionButton>,
}

/// A button of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionButton {
    /// The word on it.
    pub title: String,
    /// Where it leads.
    #[serde(rename = "actionURL")]
    pub action_url: String,
}

impl From<RobotMessage> for SessionMessage {
    fn from(message: RobotMessage) -> Self {
        match message {
            RobotMessage::Text(content) => Self::Text { text: SessionText { content } },
            RobotMessage::Markdown { title, text } => {
                Self::Markdown { markdown: SessionMarkdown { title, text } }
            }
            RobotMessage::Card { title, text, buttons } => {
                let btns = buttons
                    .into_iter()
                    .map(|button| SessionButton { title: button.title, action_url: button.url })
                    .collect();
                Self::Card { card: SessionCard { title, text, btn_orientation: "0".to_owned(), btns } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RobotButton, RobotMessage};

    #[test]
    fn a_message_reads_back_from_its_template() {
        let button =
            |n: u8| RobotButton { title: format!("按钮{n}"), url: format!("https://h5.example/{n}") };
        let card = |n: u8| RobotMessage::Card {
            title: "题".into(),
            text: "文".into(),
            buttons: (1..=n).map(button).collect(),
        };
        for message in [RobotMessage::Text("话".into()), card(1), card(2), card(5)] {
            let key = message.key().unwrap();
            assert_eq!(RobotMessage::read(key, &message.param()), Some(message));
        }
        assert_eq!(card(6).key(), None);
        assert_eq!(card(0).key(), None);
    }
}
