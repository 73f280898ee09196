//! What a person can send to the robot besides words.

use serde_json::{Value, json};

use crate::world::Message;

/// Something sent to the robot. In a group it hears words only.
#[derive(Clone, Debug)]
pub struct SentFile {
    pub(crate) sort: Sort,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Which kind of message it makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Picture,
    /// Milliseconds, and what speech recognition makes of it.
    Audio(u32, String),
    /// Milliseconds.
    Video(u32),
    File,
}

impl SentFile {
    /// A picture; the name ends as its format does.
    pub fn picture(name: &str, bytes: &[u8]) -> Self {
        Self::new(Sort::Picture, name, bytes)
    }

    /// A recording; `recognition` is what the platform understands of it.
    pub fn audio(name: &str, bytes: &[u8], milliseconds: u32, recognition: &str) -> Self {
        Self::new(Sort::Audio(milliseconds, recognition.to_owned()), name, bytes)
    }

    /// A film.
    pub fn video(name: &str, bytes: &[u8], milliseconds: u32) -> Self {
        Self::new(Sort::Video(milliseconds), name, bytes)
    }

    /// Any other file.
    pub fn file(name: &str, bytes: &[u8]) -> Self {
        Self::new(Sort::File, name, bytes)
    }

    fn new(sort: Sort, name: &str, bytes: &[u8]) -> Self {
        Self { sort, name: name.to_owned(), bytes: bytes.to_vec() }
    }

    pub(super) fn media_kind(&self) -> &'static str {
        match self.sort {
            Sort::Picture => "image",
            Sort::Audio(..) => "voice",
            Sort::Video(_) => "video",
            Sort::File => "file",
        }
    }

    pub(super) fn message(&self, media: String) -> Message {
        let seconds = |milliseconds: u32| milliseconds.div_ceil(1000);
        match &self.sort {
            Sort::Picture => Message::Image { picture: media },
            Sort::Audio(milliseconds, _) => Message::Voice { media, seconds: seconds(*milliseconds) },
            Sort::Video(milliseconds) => {
                Message::Video { cover: media.clone(), media, seconds: seconds(*milliseconds) }
            }
            Sort::File => Message::File { media, name: self.name.clone() },
        }
    }

    /// `msgtype` and `content` of what the app is told.
    pub(super) fn fields(&self, code: &str) -> Value {
        match &self.sort {
            Sort::Picture => json!({"msgtype": "picture", "content": {"downloadCode": code}}),
            Sort::Audio(milliseconds, recognition) => json!({
                "msgtype": "audio",
                "content": {"downloadCode": code, "duration": milliseconds, "recognition": recognition},
            }),
            Sort::Video(milliseconds) => json!({
                "msgtype": "video",
                "content": {"downloadCode": code, "duration": milliseconds, "videoType": "mp4"},
            }),
            Sort::File => {
                json!({"msgtype": "file", "content": {"downloadCode": code, "fileName": self.name}})
            }
        }
    }
}
