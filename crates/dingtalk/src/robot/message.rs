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
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// `sampleActionCard` (one button), `sampleActionCard6` (two, side by side) or `sampleActionCard3` … `5` (that many, one below the
    /// other).
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
                2 => Some("sampleActionCard6"),
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
                    [left, right] => {
                        for (number, button) in [(1, left), (2, right)] {
                            param.push((format!("buttonTitle{number}"), &button.title));
                            param.push((format!("buttonUrl{number}"), &button.url));
                        }
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
        let button = |title: &str, url: &str| Some(RobotButton { title: field(title)?, url: field(url)? });
        let numbered = |title: &str, url: &str, count: u8| {
            (1..=count)
                .map(|n| button(&format!("{title}{n}"), &format!("{url}{n}")))
                .collect::<Option<Vec<_>>>()
        };
        let buttons = match key {
            "sampleText" => return field("content").map(Self::Text),
            "sampleMarkdown" => return Some(Self::Markdown { title: field("title")?, text: field("text")? }),
            "sampleActionCard" => vec![button("singleTitle", "singleURL")?],
            "sampleActionCard2" => numbered("actionTitle", "actionURL", 2)?,
            "sampleActionCard3" => numbered("actionTitle", "actionURL", 3)?,
            "sampleActionCard4" => numbered("actionTitle", "actionURL", 4)?,
            "sampleActionCard5" => numbered("actionTitle", "actionURL", 5)?,
            "sampleActionCard6" => numbered("buttonTitle", "buttonUrl", 2)?,
            _ => return None,
        };
        Some(Self::Card { title: field("title")?, text: field("text")?, buttons })
    }
}

/// What is said stays between the two; a log sees the form.
impl std::fmt::Debug for RobotMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RobotMessage({})", self.key().unwrap_or("fits no template"))
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
        for message in [RobotMessage::Text("话".into()), card(1), card(2), card(3), card(5)] {
            let key = message.key().unwrap();
            assert_eq!(RobotMessage::read(key, &message.param()), Some(message));
        }
        assert_eq!(card(6).key(), None);
        assert_eq!(card(0).key(), None);
    }
}
