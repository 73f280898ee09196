//! A message as a person sees it, however it was sent.

use serde::{Deserialize, Serialize};

use crate::world::{CardFace, Refusal};

/// A message as a person sees it.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// Words with a shape.
    Markdown {
        /// What the list of chats shows.
        title: String,
        /// Markdown.
        text: String,
    },
    /// Words with buttons below.
    Card {
        /// What the list of chats shows.
        title: String,
        /// Markdown.
        text: String,
        /// From one to five.
        buttons: Vec<Button>,
    },
    /// Words that lead to an address.
    Link {
        /// On top.
        title: String,
        /// Below it.
        text: String,
        /// A media id or an address.
        picture: Option<String>,
        /// Where it leads.
        url: String,
    },
    /// A picture.
    Image {
        /// A media id or an address.
        picture: String,
    },
    /// A recording.
    Voice {
        /// Media id.
        media: String,
        /// How long it is.
        seconds: u32,
    },
    /// A film.
    Video {
        /// Media id.
        media: String,
        /// Media id of the picture that stands for it.
        cover: String,
        /// How long it is.
        seconds: u32,
    },
    /// A file.
    File {
        /// Media id.
        media: String,
        /// Its name; empty in a work notice.
        name: String,
    },
    /// Several pictures with links.
    Feed {
        /// From top to bottom.
        items: Vec<FeedItem>,
    },
    /// A work notice that looks like a form.
    Form(Form),
    /// An interactive card, as it is seen now: it changes in place.
    Interactive {
        /// `outTrackId` of the card.
        card: String,
        /// What is seen of it.
        face: CardFace,
    },
}

/// A button that leads to an address.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub title: String,
    /// Where it leads.
    pub url: String,
}

/// A picture with a link, one of several.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct FeedItem {
    /// Below the picture.
    pub title: String,
    /// A media id or an address.
    pub picture: String,
    /// Where it leads.
    pub url: String,
}

/// OA 消息: the form-like card of a work notice. Its head has the app's name.
#[derive(Clone, Debug, Default, Serialize, Deserialize, PartialEq, Eq)]
pub struct Form {
    /// Where it leads.
    pub url: String,
    /// Eight hexadecimal digits.
    pub colour: String,
    /// The word of its status bar.
    pub status: Option<String>,
    /// The colour behind that word.
    pub status_ground: Option<String>,
    /// On top of its body.
    pub title: String,
    /// Names and values, from top to bottom.
    pub fields: Vec<(String, String)>,
    /// A number and its unit.
    pub rich: Option<(String, String)>,
    /// The words of its body; may be empty.
    pub text: String,
    /// Media id.
    pub picture: Option<String>,
    /// How many files, in digits.
    pub files: Option<String>,
    /// Whose it is.
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

    /// Its buttons; none for what has none.
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
