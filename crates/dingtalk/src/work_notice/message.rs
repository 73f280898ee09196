//! What a work notice can say. The limits are kept by `check.rs` before anything is sent.

use serde::{Deserialize, Serialize, Serializer};

use super::oa::NoticeOa;
use crate::{ids::MediaId, lenient, sealed::shows};

/// A message of a work notice. At most 2,048 bytes of JSON as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "msgtype", rename_all = "snake_case")]
pub enum NoticeMessage {
    /// Words.
    Text {
        /// The text.
        text: NoticeText,
    },
    /// A picture.
    Image {
        /// An uploaded picture; 600 × 400 pixels look best.
        image: NoticeMedia,
    },
    /// A recording.
    Voice {
        /// An uploaded recording.
        voice: NoticeVoice,
    },
    /// A file.
    File {
        /// An uploaded file of at most 10 MB.
        file: NoticeMedia,
    },
    /// A line with a picture that opens a page.
    Link {
        /// The link.
        link: NoticeLink,
    },
    /// Markdown: headings, quotes, bold, links, pictures and lists only.
    Markdown {
        /// Title and text.
        markdown: NoticeMarkdown,
    },
    /// A form-like card, the only one whose state can be changed later.
    Oa {
        /// The card.
        oa: Box<NoticeOa>,
    },
    /// A card with buttons.
    ActionCard {
        /// The card.
        action_card: NoticeCard,
    },
}

impl NoticeMessage {
    /// A message of words.
    pub fn text(content: impl Into<String>) -> Self {
        Self::Text { text: NoticeText { content: content.into() } }
    }
}

/// Words, without any formatting.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeText {
    /// Better below 500 characters.
    pub content: String,
}

shows!(NoticeText);

/// An uploaded file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeMedia {
    /// From [`Media::upload`](crate::media::Media::upload).
    pub media_id: MediaId,
}

/// A recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeVoice {
    /// From [`Media::upload`](crate::media::Media::upload).
    pub media_id: MediaId,
    /// Seconds, 1 to 59. Travels as a text.
    #[serde(serialize_with = "as_text", deserialize_with = "lenient::number")]
    pub duration: i64,
}

fn as_text<S: Serializer>(number: &impl std::fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(number)
}

/// A line with a picture that opens a page. All four are required.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoticeLink {
    /// Where it leads.
    pub message_url: String,
    /// A media id, or an address.
    pub pic_url: String,
    /// Better below 100 characters.
    pub title: String,
    /// Better below 500 characters.
    pub text: String,
}

shows!(NoticeLink);

/// Markdown: headings, quotes, bold, links, pictures and lists only; the rest is shown as it stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeMarkdown {
    /// Shown in the list.
    pub title: String,
    /// The body.
    pub text: String,
}

shows!(NoticeMarkdown);

/// A card with buttons, in its two shapes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum NoticeCard {
    /// 独立跳转: each button leads elsewhere.
    Buttons(ButtonsCard),
    /// 整体跳转: the whole card leads to one page.
    Single(SingleCard),
}

/// A card that leads to one page as a whole.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SingleCard {
    /// Shown in the list.
    pub title: String,
    /// The body; better below 1,000 characters.
    pub markdown: String,
    /// The button, at most 20 characters.
    pub single_title: String,
    /// Where it leads, at most 500 characters.
    pub single_url: String,
}

shows!(SingleCard);

/// A card whose buttons lead to different pages.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ButtonsCard {
    /// Shown in the list.
    pub title: String,
    /// The body; better below 1,000 characters.
    pub markdown: String,
    /// `0`: one below the other; `1`: side by side.
    pub btn_orientation: String,
    /// At least one, and at most 1,000 characters of JSON together.
    pub btn_json_list: Vec<NoticeButton>,
}

shows!(ButtonsCard);

/// A button of a card.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeButton {
    /// The word on it, at most 20 characters.
    pub title: String,
    /// Where it leads, at most 700 characters.
    pub action_url: String,
}

shows!(NoticeButton);
