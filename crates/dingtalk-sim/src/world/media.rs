//! Files that were uploaded or sent. The newest are kept up to a number of bytes; the platform keeps them all.

use std::collections::VecDeque;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::world::{Ids, Message, Refusal};

/// A tenant in a process must not eat the machine.
const MOST_BYTES: usize = 64 << 20;

/// A code with which the app fetches a file that somebody sent to the robot.
const CODE_LIFE: TimeDelta = TimeDelta::hours(24);

/// A file in the tenant.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) id: String,
    /// `image`, `voice`, `video`, `file`.
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) at: DateTime<Utc>,
    /// Base64: a snapshot is text.
    content: String,
}

impl File {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        STANDARD.decode(&self.content).unwrap_or_default()
    }

    /// As a browser wants it; what is not shown is downloaded.
    pub(crate) fn content_type(&self) -> &'static str {
        match self.name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "png" => "image/png",
            "jpg" => "image/jpeg",
            "gif" => "image/gif",
            "bmp" => "image/bmp",
            "mp3" => "audio/mpeg",
            "wav" => "audio/wav",
            "mp4" => "video/mp4",
            _ => "application/octet-stream",
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct DownloadCode {
    code: String,
    media: String,
    expires_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct MediaStore {
    files: VecDeque<File>,
    codes: Vec<DownloadCode>,
}

impl MediaStore {
    pub(crate) fn keep(
        &mut self,
        kind: &str,
        name: &str,
        bytes: &[u8],
        ids: &mut Ids,
        at: DateTime<Utc>,
    ) -> String {
        // Pictures begin with @ on the platform, films with $.
        let id = format!("{}lAD{}", if kind == "video" { '$' } else { '@' }, ids.word(28));
        let content = STANDARD.encode(bytes);
        self.files.push_back(File {
            id: id.clone(),
            kind: kind.to_owned(),
            name: name.to_owned(),
            at,
            content,
        });
        while self.files.len() > 1
            && self.files.iter().map(|file| file.content.len()).sum::<usize>() > MOST_BYTES
        {
            self.files.pop_front();
        }
        id
    }

    pub(crate) fn file(&self, id: &str) -> Option<&File> {
        self.files.iter().find(|file| file.id == id)
    }

    /// Each file that the message names must be there.
    pub(crate) fn check(&self, message: &Message) -> Result<(), Refusal> {
        match message.media().into_iter().find(|id| self.file(id).is_none()) {
            Some(id) => Err(Refusal::Said {
                errcode: 40007,
                code: "invalidParameter.param.invalid",
                status: 400,
                why: format!("no media {id}"),
            }),
            None => Ok(()),
        }
    }

    pub(crate) fn download_code(&mut self, media: &str, ids: &mut Ids, now: DateTime<Utc>) -> String {
        self.codes.retain(|code| code.expires_at > now);
        let code = ids.word(64);
        self.codes.push(DownloadCode {
            code: code.clone(),
            media: media.to_owned(),
            expires_at: now + CODE_LIFE,
        });
        code
    }

    pub(crate) fn redeem(&self, code: &str, now: DateTime<Utc>) -> Result<&File, Refusal> {
        let code = self.codes.iter().find(|known| known.code == code && known.expires_at > now);
        code.and_then(|code| self.file(&code.media)).ok_or_else(|| {
            Refusal::coded("invalidParameter.robotCode.downloadCode", "下载码有误或者已经过期")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_file_goes_when_there_are_too_many_bytes() {
        let (mut store, mut ids) = (MediaStore::default(), Ids::new(1));
        let now = DateTime::UNIX_EPOCH;
        let large = vec![0; 20 << 20];
        let kept: Vec<_> = (0..3).map(|_| store.keep("image", "a.png", &large, &mut ids, now)).collect();
        assert!(store.file(&kept[0]).is_none());
        assert_eq!(store.file(&kept[2]).unwrap().bytes().len(), large.len());
    }
}
