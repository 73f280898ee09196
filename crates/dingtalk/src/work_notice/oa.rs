//! The form-like card of a work notice (OA 消息).

use serde::{Deserialize, Serialize};

use crate::{ids::MediaId, sealed::shows};

/// A form-like card.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeOa {
    /// Where it leads.
    pub message_url: String,
    /// Where it leads on a PC, if elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pc_message_url: Option<String>,
    /// The coloured head.
    pub head: OaHead,
    /// A state that can be changed later. With it the notice goes to at most five people, named one by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_bar: Option<StatusBar>,
    /// What stands below the head.
    pub body: OaBody,
}

shows!(NoticeOa);

/// The head of a form-like card.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OaHead {
    /// Eight hexadecimal digits, transparency first, without `0x`: `FFBBBBBB`.
    pub bgcolor: String,
    /// Required, although the platform shows the app's name instead.
    pub text: String,
}

shows!(OaHead);

/// The state of a form-like card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusBar {
    /// The words: 进行中.
    pub status_value: String,
    /// The ground, best as `0xFF` and six digits; black when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_bg: Option<String>,
}

/// The body of a form-like card. Everything is optional.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OaBody {
    /// Better below 50 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The first six are shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub form: Vec<OaField>,
    /// One number, large.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rich: Option<OaRich>,
    /// The first three lines are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// 600 × 400 pixels look best.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<MediaId>,
    /// How many attachments to claim; the platform does not check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_count: Option<String>,
    /// Who is shown as the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
}

shows!(OaBody);

/// A line of a form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OaField {
    /// What it is, with its colon: `时间：`.
    pub key: String,
    /// Its value.
    pub value: String,
}

shows!(OaField);

/// A number with its unit.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OaRich {
    /// The number.
    pub num: String,
    /// Its unit.
    pub unit: String,
}

shows!(OaRich);
