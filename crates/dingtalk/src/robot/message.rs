//! What a robot can say. Page: 消息发送与接收类型 (`msgKey` and `msgParam`).

use serde::{Deserialize, Serialize};

use crate::ids::MediaId;

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
    /// `sampleActionCard2`: two buttons, one below the other; for words that are too long side by side.
    StackedCard {
        /// Shown in the list and in the notification.
        title: String,
        /// The body, markdown.
        text: String,
        /// The upper and the lower one.
        buttons: [RobotButton; 2],
    },
    /// `sampleLink`: a line with a picture that opens a page.
    Link {
        /// What stands above.
        title: String,
        /// What stands below.
        text: String,
        /// A media id, or an address.
        picture: String,
        /// Where it leads.
        url: String,
    },
    /// `sampleImageMsg`: a media id, or the address of a picture. Not by webhook.
    Image(String),
    /// `sampleAudio`, ogg or amr. Not by webhook.
    Audio {
        /// The recording.
        media: MediaId,
        /// How long it is. Milliseconds.
        milliseconds: u32,
    },
    /// `sampleFile`. Not by webhook.
    File {
        /// The file.
        media: MediaId,
        /// Its name with the ending.
        name: String,
        /// What it is.
        kind: FileKind,
    },
    /// `sampleVideo`, mp4. Not by webhook.
    Video {
        /// The film.
        media: MediaId,
        /// The picture shown before it plays.
        cover: MediaId,
        /// How long it is. Seconds, not milliseconds.
        seconds: u32,
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
}

/// The files that a robot can send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the endings of the files")]
pub enum FileKind {
    Xlsx,
    Pdf,
    Zip,
    Rar,
    Doc,
    Docx,
}

impl FileKind {
    const ALL: [(&'static str, Self); 6] = [
        ("xlsx", Self::Xlsx),
        ("pdf", Self::Pdf),
        ("zip", Self::Zip),
        ("rar", Self::Rar),
        ("doc", Self::Doc),
        ("docx", Self::Docx),
    ];

    /// `fileType`.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
            Self::Zip => "zip",
            Self::Rar => "rar",
            Self::Doc => "doc",
            Self::Docx => "docx",
        }
    }

    /// From a `fileType`, or from what stands behind the last dot of a name.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, kind)| kind)
    }
}

/// What is said stays between the two; a log sees the form.
impl std::fmt::Debug for RobotMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RobotMessage({})", self.key().unwrap_or("fits no template"))
    }
}
