//! The form that webhooks take, those of a session and those of a custom robot: `msgtype` and a body named after it.

use serde::{Deserialize, Serialize};

use super::message::{RobotButton, RobotMessage};
use crate::{error::Error, ids::UserId, sealed::shows};

const MOST_MENTIONED: usize = 50;

/// What a webhook can say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "msgtype")]
pub enum SessionMessage {
    /// Words.
    #[serde(rename = "text")]
    Text {
        /// `content`.
        text: SessionText,
        /// Who is mentioned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<At>,
    },
    /// Markdown.
    #[serde(rename = "markdown")]
    Markdown {
        /// Title and text.
        markdown: SessionMarkdown,
        /// Who is mentioned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<At>,
    },
    /// A line with a picture that opens a page. Mentions nobody.
    #[serde(rename = "link")]
    Link {
        /// The link.
        link: SessionLink,
    },
    /// A card with buttons.
    #[serde(rename = "actionCard")]
    Card {
        /// Title, text and buttons.
        #[serde(rename = "actionCard")]
        card: SessionCard,
    },
    /// A list of pictures with links. Mentions nobody.
    #[serde(rename = "feedCard")]
    Feed {
        /// The list.
        #[serde(rename = "feedCard")]
        feed: FeedCard,
    },
    /// Nothing; only as the answer to a pushed message.
    #[serde(rename = "empty")]
    Empty,
}

/// Who is mentioned. The mention must also stand in the text, `@` and the number or the id; else nobody is told.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct At {
    /// Mobile numbers.
    pub at_mobiles: Vec<String>,
    /// People.
    pub at_user_ids: Vec<UserId>,
    /// Everybody.
    pub is_at_all: bool,
}

shows!(At: at_user_ids, is_at_all);

/// Words, without any formatting; an [`At`] beside them only counts for what stands in them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionText {
    /// The words.
    pub content: String,
}

shows!(SessionText);

/// Markdown as the client shows it: headings, quotes, bold, links, pictures and lists only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionMarkdown {
    /// Shown in the list.
    pub title: String,
    /// The body.
    pub text: String,
}

shows!(SessionMarkdown);

/// A line with a picture that opens a page.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionLink {
    /// What stands above.
    pub title: String,
    /// What stands below.
    pub text: String,
    /// Where it leads.
    pub message_url: String,
    /// A media id, or an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pic_url: Option<String>,
}

shows!(SessionLink);

/// A card with buttons: one, as `singleTitle` and `singleURL`, or several in `btns`.
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
    /// The only button. With it the platform does not look at `btns`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub single_title: Option<String>,
    /// Where the only button leads.
    #[serde(rename = "singleURL", default, skip_serializing_if = "Option::is_none")]
    pub single_url: Option<String>,
    /// Several buttons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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

/// A list of pictures with links.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedCard {
    /// At least one.
    pub links: Vec<FeedLink>,
}

shows!(FeedCard);

/// A picture with a link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedLink {
    /// The words beside the picture.
    pub title: String,
    /// Where it leads.
    #[serde(rename = "messageURL")]
    pub message_url: String,
    /// A media id, or an address.
    #[serde(rename = "picURL")]
    pub pic_url: String,
}

shows!(FeedLink);

impl SessionMessage {
    /// What the platform would refuse.
    pub(super) fn check(&self) -> Result<(), Error> {
        match self {
            Self::Text { at: Some(at), .. } | Self::Markdown { at: Some(at), .. }
                if at.at_mobiles.len() + at.at_user_ids.len() > MOST_MENTIONED =>
            {
                Err(Error::NotSent("a message mentions at most 50 people"))
            }
            Self::Card { card } if card.btns.is_empty() && card.single_url.is_none() => {
                Err(Error::NotSent("a card has a button"))
            }
            Self::Feed { feed } if feed.links.is_empty() => Err(Error::NotSent("a list has an entry")),
            _ => Ok(()),
        }
    }

    /// Mentions these people in words or markdown; other kinds mention nobody and stay as they are. Their `@id` is put behind the text
    /// where it does not stand yet.
    #[must_use]
    pub fn mentioning(mut self, people: &[UserId]) -> Self {
        if let Self::Text { text: SessionText { content: words }, at }
        | Self::Markdown { markdown: SessionMarkdown { text: words, .. }, at } = &mut self
        {
            for one in people.iter().filter(|one| !words.contains(&format!("@{one}"))).collect::<Vec<_>>() {
                words.push_str(" @");
                words.push_str(one.as_str());
            }
            at.get_or_insert_default().at_user_ids.extend_from_slice(people);
        }
        self
    }
}

impl TryFrom<RobotMessage> for SessionMessage {
    type Error = Error;

    fn try_from(message: RobotMessage) -> Result<Self, Error> {
        Ok(match message {
            RobotMessage::Text(content) => Self::Text { text: SessionText { content }, at: None },
            RobotMessage::Markdown { title, text } => {
                Self::Markdown { markdown: SessionMarkdown { title, text }, at: None }
            }
            // As the templates have it: two side by side, any other number one below the other.
            RobotMessage::Card { title, text, buttons } => {
                let orientation = if buttons.len() == 2 { "1" } else { "0" };
                Self::Card { card: card(title, text, buttons, orientation) }
            }
            RobotMessage::StackedCard { title, text, buttons } => {
                Self::Card { card: card(title, text, buttons.into(), "0") }
            }
            RobotMessage::Link { title, text, picture, url } => {
                Self::Link { link: SessionLink { title, text, message_url: url, pic_url: Some(picture) } }
            }
            RobotMessage::Image(_)
            | RobotMessage::Audio { .. }
            | RobotMessage::File { .. }
            | RobotMessage::Video { .. } => {
                return Err(Error::NotSent("a webhook takes no pictures, recordings, films or files"));
            }
        })
    }
}

fn card(title: String, text: String, buttons: Vec<RobotButton>, orientation: &str) -> SessionCard {
    let mut btns: Vec<_> = buttons
        .into_iter()
        .map(|button| SessionButton { title: button.title, action_url: button.url })
        .collect();
    let only = if btns.len() == 1 { btns.pop() } else { None };
    let (single_title, single_url) = only.map(|only| (only.title, only.action_url)).unzip();
    let btn_orientation = orientation.to_owned();
    SessionCard { title, text, btn_orientation, single_title, single_url, btns }
}
