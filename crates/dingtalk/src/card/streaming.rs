//! Text that grows on a card while it is written.

use serde::{Deserialize, Serialize};

use crate::{error::Error, ids::OutTrackId, sealed::shows};

/// Bytes of one piece.
const LARGEST_PIECE: usize = 1024;

/// `PUT /v1.0/card/streaming`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StreamingUpdate {
    /// Which card.
    pub out_track_id: OutTrackId,
    /// Of this request: the platform carries each out once.
    pub guid: String,
    /// Which variable.
    pub key: String,
    /// The text, at most 1 KB a piece; together not more than 3 KB are advised.
    pub content: String,
    /// `true`: it replaces what is there, as Markdown demands; `false`: it is appended.
    pub is_full: bool,
    /// The last piece.
    pub is_finalize: bool,
    /// Something went wrong; the card says so.
    pub is_error: bool,
}

shows!(StreamingUpdate: out_track_id, guid, key, is_full, is_finalize, is_error);

impl StreamingUpdate {
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.guid.is_empty() || self.key.is_empty() || self.content.is_empty() {
            return Err(Error::NotSent("a piece of text has an id, a variable and content"));
        }
        if self.content.len() > LARGEST_PIECE {
            return Err(Error::NotSent("a piece of text has at most 1024 bytes"));
        }
        Ok(())
    }
}
