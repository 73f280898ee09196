//! A message as a person sees it, however it was sent.

use serde::{Deserialize, Serialize};

use crate::world::{CardFace, Refusal};

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
    Link {
        title: String,
        text: String,
        picture: Option<String>,
        url: String,
    },
    Image {
        picture: String,
    },
    Voice {
        media: String,
        seconds: u32,
    },
    Video {
        media: String,
        cover: String,
        seconds: u32,
    },
    File {
        media: String,
        name: String,
    },
    Feed {
        items: Vec<FeedItem>,
    },
    Form(Form),
    /// An interactive card, as it is seen now: it changes in place.
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

/// A picture with a link, one of several.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct FeedItem {
    pub title: String,
    pub picture: String,
    pub url: String,
}

/// OA 消息: the form-like card of a work notice. Its head has the app's name.
#[derive(Clone, Debug, Default, Serialize, Deserialize, PartialEq, Eq)]
pub struct Form {
    pub url: String,
    /// Eight hexadecimal digits.
    pub colour: String,
    pub status: Option<String>,
    pub status_ground: Option<String>,
    pub title: String,
    pub fields: Vec<(String, String)>,
    /// A number and its unit.
    pub rich: Option<(String, String)>,
    pub text: String,
    pub picture: Option<String>,
    pub files: Option<String>,
    pub author: Option<String>,
}

/// Characters of a text, and of the words on a button; bytes of an address.
const LONGEST_TEXT: usize = 5000;
const LONGEST_BUTTON: usize = 20;
const LONGEST_URL: usize = 700;

impl Message {
    /// The words in it; for what has none, a word that says what it is.
    pub fn text(&self) -> &str {
        match self {
            Self::Text { text }
            | Self::Markdown { text, .. }
            | Self::Card { text, .. }
            | Self::Link { text, .. } => text,
            Self::Image { .. } => "[图片]",
            Self::Voice { .. } => "[语音]",
            Self::Video { .. } => "[视频]",
            Self::File { name, .. } => name,
            Self::Feed { .. } => "",
            Self::Form(form) => &form.text,
            Self::Interactive { face, .. } => &face.text,
        }
    }

    /// What stands above; empty where nothing does.
    pub fn title(&self) -> &str {
        match self {
            Self::Markdown { title, .. } | Self::Card { title, .. } | Self::Link { title, .. } => title,
            Self::Form(form) => &form.title,
            Self::Interactive { face, .. } => &face.title,
            Self::Text { .. }
            | Self::Image { .. }
            | Self::Voice { .. }
            | Self::Video { .. }
            | Self::File { .. }
            | Self::Feed { .. } => "",
        }
    }

    pub fn buttons(&self) -> &[Button] {
        if let Self::Card { buttons, .. } = self { buttons } else { &[] }
    }

    /// Everything that it leads to: words and address.
    pub(crate) fn links(&self) -> Vec<(&str, &str)> {
        match self {
            Self::Card { buttons, .. } => {
                buttons.iter().map(|button| (button.title.as_str(), button.url.as_str())).collect()
            }
            Self::Link { url, .. } => vec![("查看", url)],
            Self::Form(form) => vec![("查看", &form.url)],
            Self::Feed { items } => {
                items.iter().map(|item| (item.title.as_str(), item.url.as_str())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The media ids it needs. An address is none.
    pub(crate) fn media(&self) -> Vec<&str> {
        let named = match self {
            Self::Link { picture, .. } => picture.iter().map(String::as_str).collect(),
            Self::Image { picture } => vec![picture.as_str()],
            Self::Voice { media, .. } | Self::File { media, .. } => vec![media.as_str()],
            Self::Video { media, cover, .. } => vec![media.as_str(), cover],
            Self::Feed { items } => items.iter().map(|item| item.picture.as_str()).collect(),
            Self::Form(form) => form.picture.iter().map(String::as_str).collect(),
            Self::Text { .. } | Self::Markdown { .. } | Self::Card { .. } | Self::Interactive { .. } => {
                Vec::new()
            }
        };
        named
            .into_iter()
            .filter(|name| !name.starts_with("http://") && !name.starts_with("https://"))
            .collect()
    }

    /// The limits the platform states for titles, texts and addresses.
    pub(crate) fn check(self) -> Result<Self, Refusal> {
        let titled = matches!(self, Self::Markdown { .. } | Self::Card { .. } | Self::Link { .. });
        let wrong = match &self {
            Self::Text { text } if text.trim().is_empty() => "the text is empty",
            _ if titled && (self.title().trim().is_empty() || self.text().trim().is_empty()) => {
                "title and text are both required"
            }
            Self::Card { buttons, .. } if buttons.is_empty() => "a card needs a button",
            Self::Card { buttons, .. } if buttons.iter().any(Button::is_too_long) => {
                "a button's title has at most 20 characters"
            }
            Self::Feed { items } if items.is_empty() => "a feedCard needs a link",
            _ if self.links().iter().any(|(_, url)| url.trim().is_empty()) => "an address is empty",
            _ if self.links().iter().any(|(_, url)| url.len() > LONGEST_URL) => {
                "a button's address has at most 700 bytes"
            }
            _ if self.text().chars().count() > LONGEST_TEXT => "the text has at most 5000 characters",
            _ => return Ok(self),
        };
        Err(Refusal::Parameter(wrong.to_owned()))
    }
}

impl Button {
    fn is_too_long(&self) -> bool {
        self.title.chars().count() > LONGEST_BUTTON
    }
}
