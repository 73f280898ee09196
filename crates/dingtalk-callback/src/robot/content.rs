//! What a message holds, by its kind.

use crate::{fields::Fields, sealed::shows};

/// What a message holds. Codes are for the call that downloads a file sent to the robot; they live for a short time.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// `text`: typed words, untrimmed.
    Text(String),
    /// `richText`: words and pictures in turn.
    Rich(Vec<Part>),
    /// `picture`
    Picture {
        /// Downloads it.
        download_code: String,
    },
    /// `audio`
    Audio {
        /// Downloads it.
        download_code: String,
        /// What the platform heard.
        recognition: String,
        /// Milliseconds.
        duration: Option<u64>,
    },
    /// `video`
    Video {
        /// Downloads it.
        download_code: String,
        /// `mp4`
        video_type: String,
        /// Milliseconds.
        duration: Option<u64>,
    },
    /// `file`
    File {
        /// Downloads it.
        download_code: String,
        /// As the sender called it.
        file_name: String,
    },
    /// A kind that nobody told us of, or a message without its content.
    Unknown,
}

/// A part of a rich text.
#[derive(Clone, PartialEq, Eq)]
pub enum Part {
    /// Words.
    Words(String),
    /// A picture, by the code that downloads it.
    Picture(String),
}

/// The kind only: what was said stays out of logs.
impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(..)",
            Self::Rich(_) => "Rich(..)",
            Self::Picture { .. } => "Picture(..)",
            Self::Audio { .. } => "Audio(..)",
            Self::Video { .. } => "Video(..)",
            Self::File { .. } => "File(..)",
            Self::Unknown => "Unknown",
        })
    }
}

shows!(Part);

impl Content {
    pub(super) fn read(kind: &str, message: Fields<'_>) -> Self {
        let content = message.inner("content");
        let text = |name: &str| content.and_then(|content| content.text(name)).unwrap_or_default();
        let duration = content.and_then(|content| content.parsed("duration"));
        let (download_code, coded) = (text("downloadcode"), !text("downloadcode").is_empty());
        match kind {
            "richText" => Self::Rich(content.map(parts).unwrap_or_default()),
            "audio" => Self::Audio { download_code, recognition: text("recognition"), duration },
            "picture" if coded => Self::Picture { download_code },
            "video" if coded => Self::Video { download_code, video_type: text("videotype"), duration },
            "file" if coded => Self::File { download_code, file_name: text("filename") },
            // What is called otherwise, or not at all, may still be words.
            _ => {
                message.inner("text").and_then(|text| text.text("content")).map_or(Self::Unknown, Self::Text)
            }
        }
    }

    /// Typed words, what was recognised of spoken ones, or the words between the pictures.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Text(words) => words.trim().to_owned(),
            Self::Audio { recognition, .. } => recognition.trim().to_owned(),
            Self::Rich(parts) => {
                let words = parts.iter().filter_map(|part| match part {
                    Part::Words(words) => Some(words.as_str()),
                    Part::Picture(_) => None,
                });
                words.collect::<String>().trim().to_owned()
            }
            Self::Picture { .. } | Self::Video { .. } | Self::File { .. } | Self::Unknown => String::new(),
        }
    }
}

fn parts(content: Fields<'_>) -> Vec<Part> {
    let parts = content.each("richtext").iter();
    let part = |part| {
        let fields = Fields::of(part)?;
        let words = fields.text("text").map(Part::Words);
        words.or_else(|| fields.text("downloadcode").map(Part::Picture))
    };
    parts.filter_map(part).collect()
}
