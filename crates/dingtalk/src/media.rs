//! Files for messages. An uploaded file is named by a media id that lasts, may be used often, and is opened by DingTalk's own clients
//! only: who needs the file keeps it. Permission `qyapi_base`; counted in the monthly quota. Page:
//! [上传媒体文件](https://open.dingtalk.com/document/development/upload-media-files).

use std::{io::Cursor, sync::Arc};

use reqwest::RequestBuilder;
use serde::{Deserialize, Serialize};
use tokio::io::AsyncRead;

use crate::{
    Client,
    error::Error,
    ids::MediaId,
    lenient,
    multipart::{Frame, Reader},
};

/// Media calls, by [`Client::media`](crate::Client::media).
#[derive(Clone, Copy, Debug)]
pub struct Media<'a>(pub(crate) &'a Client);

/// What kind of file it is. Each takes some endings and so many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// jpg, gif, png, bmp; 20 MB.
    Image,
    /// amr, mp3, wav; 2 MB. A robot plays ogg and amr only.
    Voice,
    /// mp4; 20 MB.
    Video,
    /// doc, docx, xls, xlsx, ppt, pptx, zip, pdf, rar; 20 MB, of which a work notice takes 10.
    File,
}

const MB: u64 = 1 << 20;

impl MediaKind {
    /// The platform's word for it, as the parameter `type` of the upload has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Voice => "voice",
            Self::Video => "video",
            Self::File => "file",
        }
    }

    /// The most bytes of one file; a mebibyte counts as the page's MB.
    pub fn most_bytes(self) -> u64 {
        match self {
            Self::Image | Self::Video | Self::File => 20 * MB,
            Self::Voice => 2 * MB,
        }
    }

    /// The endings that a file's name may have, in small letters; large ones are taken as well.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Image => &["jpg", "gif", "png", "bmp"],
            Self::Voice => &["amr", "mp3", "wav"],
            Self::Video => &["mp4"],
            Self::File => &["doc", "docx", "xls", "xlsx", "ppt", "pptx", "zip", "pdf", "rar"],
        }
    }
}

/// A file on its way. Only its name and its length are looked at before sending.
pub struct Upload {
    kind: MediaKind,
    file_name: String,
    length: u64,
    content: Content,
}

enum Content {
    Bytes(Arc<[u8]>),
    Reader(Reader),
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload")
            .field("kind", &self.kind)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

impl Upload {
    /// A file in memory.
    ///
    /// # Errors
    ///
    /// [`Error::NotSent`] when the ending or the length is not one of the kind, or the name holds a quote, a backslash, a slash or a
    /// control character.
    pub fn bytes(kind: MediaKind, file_name: &str, bytes: impl Into<Arc<[u8]>>) -> Result<Self, Error> {
        let bytes = bytes.into();
        Self::new(kind, file_name, bytes.len() as u64, Content::Bytes(bytes))
    }

    /// A file that is read while it is sent, such as one on disk. It must have exactly `length` bytes. It cannot be read twice: if the
    /// access token turns out to be refused, [`Error::Unavailable`] asks for another try.
    ///
    /// # Errors
    ///
    /// As [`Self::bytes`].
    pub fn reader(
        kind: MediaKind,
        file_name: &str,
        length: u64,
        reader: impl AsyncRead + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        Self::new(kind, file_name, length, Content::Reader(Box::pin(reader)))
    }

    fn new(kind: MediaKind, file_name: &str, length: u64, content: Content) -> Result<Self, Error> {
        let foreign = |c: char| c.is_control() || matches!(c, '"' | '\\' | '/');
        let (stem, ending) = file_name.rsplit_once('.').unwrap_or_default();
        if stem.is_empty() || file_name.len() > 255 || file_name.contains(foreign) {
            return Err(Error::NotSent("a file to upload has a plain name with an ending"));
        }
        if !kind.endings().iter().any(|known| known.eq_ignore_ascii_case(ending)) {
            return Err(Error::NotSent("the platform takes no file with this ending"));
        }
        if length == 0 || length > kind.most_bytes() {
            return Err(Error::NotSent("the file is empty or too large for its kind"));
        }
        Ok(Self { kind, file_name: file_name.to_owned(), length, content })
    }
}

/// `POST /media/upload`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Uploaded {
    /// Names the file from now on.
    pub media_id: MediaId,
    /// When, in milliseconds.
    #[serde(default, deserialize_with = "lenient::number")]
    pub created_at: i64,
}

impl Media<'_> {
    /// Uploads a file. The time that a call may take is two minutes here, since files take longer than words. After
    /// [`Error::Unknown`] it may be uploaded again: nobody sees a file that no message names.
    pub async fn upload(&self, upload: Upload) -> Result<Uploaded, Error> {
        let Upload { kind, file_name, length, content } = upload;
        let frame = Frame::new("type", kind.word(), "media", &file_name)?;
        let path = "/media/upload";
        let kind = [("type", kind.word())];
        match content {
            Content::Bytes(bytes) => {
                let again = || Box::pin(Cursor::new(Arc::clone(&bytes)));
                let fill =
                    |request: RequestBuilder| frame.clone().fill(request.query(&kind), again(), length);
                self.0.upload(path, fill).await
            }
            Content::Reader(reader) => {
                self.0.upload_once(path, |request| frame.fill(request.query(&kind), reader, length)).await
            }
        }
    }
}
