//! A message as a template's name and fields, and back.

use serde_json::{Map, Value, json};

use super::message::{FileKind, RobotButton, RobotMessage};
use crate::ids::MediaId;

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
            Self::StackedCard { .. } => Some("sampleActionCard2"),
            Self::Link { .. } => Some("sampleLink"),
            Self::Image(_) => Some("sampleImageMsg"),
            Self::Audio { .. } => Some("sampleAudio"),
            Self::File { .. } => Some("sampleFile"),
            Self::Video { .. } => Some("sampleVideo"),
        }
    }

    /// `msgParam`: the template's fields. Numbers are texts too.
    pub fn param(&self) -> Value {
        match self {
            Self::Text(content) => json!({ "content": content }),
            Self::Markdown { title, text } => json!({ "title": title, "text": text }),
            Self::Card { title, text, buttons } => match buttons.as_slice() {
                [only] => card(title, text, [("singleTitle".into(), "singleURL".into(), only)]),
                [_, _] => card(title, text, numbered("buttonTitle", "buttonUrl", buttons)),
                several => card(title, text, numbered("actionTitle", "actionURL", several)),
            },
            Self::StackedCard { title, text, buttons } => {
                card(title, text, numbered("actionTitle", "actionURL", buttons))
            }
            Self::Link { title, text, picture, url } => {
                json!({ "title": title, "text": text, "picUrl": picture, "messageUrl": url })
            }
            Self::Image(photo) => json!({ "photoURL": photo }),
            Self::Audio { media, milliseconds } => {
                json!({ "mediaId": media, "duration": milliseconds.to_string() })
            }
            Self::File { media, name, kind } => {
                json!({ "mediaId": media, "fileName": name, "fileType": kind.ending() })
            }
            Self::Video { media, cover, seconds, width, height } => json!({
                "duration": seconds.to_string(), "videoMediaId": media, "videoType": "mp4", "picMediaId": cover,
                "height": height.to_string(), "width": width.to_string(),
            }),
        }
    }

    /// Reads a message back from its template's name and fields; `None` when a field is missing or the template is another.
    pub fn read(key: &str, param: &Value) -> Option<Self> {
        let field = |name: &str| param.get(name).and_then(Value::as_str).map(str::to_owned);
        let media = |name: &str| field(name)?.parse::<MediaId>().ok();
        let number = |name: &str| field(name)?.parse::<u32>().ok();
        let button = |title: &str, url: &str| Some(RobotButton { title: field(title)?, url: field(url)? });
        let numbered = |title: &str, url: &str, count: u8| {
            (1..=count)
                .map(|n| button(&format!("{title}{n}"), &format!("{url}{n}")))
                .collect::<Option<Vec<_>>>()
        };
        let buttons = match key {
            "sampleText" => return field("content").map(Self::Text),
            "sampleMarkdown" => return Some(Self::Markdown { title: field("title")?, text: field("text")? }),
            "sampleImageMsg" => return field("photoURL").map(Self::Image),
            "sampleLink" => {
                return Some(Self::Link {
                    title: field("title")?,
                    text: field("text")?,
                    picture: field("picUrl")?,
                    url: field("messageUrl")?,
                });
            }
            "sampleAudio" => {
                return Some(Self::Audio { media: media("mediaId")?, milliseconds: number("duration")? });
            }
            "sampleFile" => {
                return Some(Self::File {
                    media: media("mediaId")?,
                    name: field("fileName")?,
                    kind: FileKind::of_ending(&field("fileType")?)?,
                });
            }
            "sampleVideo" => {
                return Some(Self::Video {
                    media: media("videoMediaId")?,
                    cover: media("picMediaId")?,
                    seconds: number("duration")?,
                    width: number("width")?,
                    height: number("height")?,
                });
            }
            "sampleActionCard2" => {
                let buttons = numbered("actionTitle", "actionURL", 2)?.try_into().ok()?;
                return Some(Self::StackedCard { title: field("title")?, text: field("text")?, buttons });
            }
            "sampleActionCard" => vec![button("singleTitle", "singleURL")?],
            "sampleActionCard3" => numbered("actionTitle", "actionURL", 3)?,
            "sampleActionCard4" => numbered("actionTitle", "actionURL", 4)?,
            "sampleActionCard5" => numbered("actionTitle", "actionURL", 5)?,
            "sampleActionCard6" => numbered("buttonTitle", "buttonUrl", 2)?,
            _ => return None,
        };
        Some(Self::Card { title: field("title")?, text: field("text")?, buttons })
    }
}

fn numbered<'b>(
    title: &'static str,
    url: &'static str,
    buttons: &'b [RobotButton],
) -> impl Iterator<Item = (String, String, &'b RobotButton)> {
    (1..)
        .zip(buttons)
        .map(move |(number, button)| (format!("{title}{number}"), format!("{url}{number}"), button))
}

fn card<'b>(
    title: &str,
    text: &str,
    buttons: impl IntoIterator<Item = (String, String, &'b RobotButton)>,
) -> Value {
    let mut param = Map::from_iter([("title".to_owned(), json!(title)), ("text".to_owned(), json!(text))]);
    for (title, url, button) in buttons {
        param.insert(title, json!(button.title));
        param.insert(url, json!(button.url));
    }
    Value::Object(param)
}

#[cfg(test)]
mod tests {
    use super::{FileKind, RobotButton, RobotMessage};

    #[test]
    fn a_message_reads_back_from_its_template() {
        let button =
            |n: u8| RobotButton { title: format!("按钮{n}"), url: format!("https://h5.example/{n}") };
        let card = |n: u8| RobotMessage::Card {
            title: "题".into(),
            text: "文".into(),
            buttons: (1..=n).map(button).collect(),
        };
        let stacked = RobotMessage::StackedCard {
            title: "题".into(),
            text: "文".into(),
            buttons: [button(1), button(2)],
        };
        let link = RobotMessage::Link {
            title: "题".into(),
            text: "文".into(),
            picture: "@lADx".into(),
            url: "https://h5.example".into(),
        };
        let media = || "@lADx".parse().unwrap();
        let audio = RobotMessage::Audio { media: media(), milliseconds: 4000 };
        let file = RobotMessage::File { media: media(), name: "表.xlsx".into(), kind: FileKind::Xlsx };
        let video =
            RobotMessage::Video { media: media(), cover: media(), seconds: 9, width: 640, height: 360 };
        let image = RobotMessage::Image("@lADx".into());
        for message in [
            RobotMessage::Text("话".into()),
            card(1),
            card(2),
            card(3),
            card(4),
            card(5),
            stacked,
            link,
            audio,
            file,
            video,
            image,
        ] {
            let key = message.key().unwrap();
            assert_eq!(RobotMessage::read(key, &message.param()), Some(message));
        }
        assert_eq!(card(6).key(), None);
        assert_eq!(card(0).key(), None);
    }
}
