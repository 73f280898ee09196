//! A file that was sent with a form: by somebody signed in, from a page of ours. It stays in memory and is gone with the request.

use std::{future::Future, pin::Pin};

use actix_multipart::Multipart;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use futures_util::StreamExt as _;

use super::{SignedIn, posted::Sender};
use crate::{page::PageError, second_factor};

/// No file of ours is larger.
const FILE: usize = 10 << 20;
/// What is larger than a file may be is still taken off the wire up to here, so that its sender can be told.
const DRAINED: usize = 64 << 20;
/// All other fields together.
const FIELDS: usize = 64 << 10;

/// A sent file and its sender.
#[derive(Debug)]
pub struct Uploaded {
    /// Who sent it.
    pub by: SignedIn,
    /// The form's other fields.
    fields: Vec<(String, String)>,
    /// What the browser calls the file; empty when none was chosen.
    pub name: String,
    /// Its bytes; `None` when there were more than `FILE`.
    pub bytes: Option<Vec<u8>>,
}

impl Uploaded {
    /// A field of the form; empty when it is not there.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

impl FromRequest for Uploaded {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let multipart = Multipart::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let sender = Sender::of(&request);
            let Some(by) = SignedIn::read(&request).await? else {
                // A file is not kept over a lost session; choosing it again is one tap.
                return Err(PageError::NotSignedIn {
                    to: request.path().to_owned(),
                    form: Some(String::new()),
                });
            };
            if sender == Sender::Foreign {
                return Err(PageError::Stale);
            }
            let sent = read(by, multipart.await.or(Err(PageError::Stale))?).await?;
            // As above, a file is not kept.
            second_factor::gate(&sent.by, &request, "").await?;
            Ok(sent)
        })
    }
}

/// The token stands before the file in our forms, and nothing of a file is kept before it was seen.
async fn read(by: SignedIn, mut multipart: Multipart) -> Result<Uploaded, PageError> {
    let mut uploaded = Uploaded { by, fields: Vec::new(), name: String::new(), bytes: Some(Vec::new()) };
    let (mut kept, mut drained) = (0, 0);
    while let Some(field) = multipart.next().await {
        let mut field = field.or(Err(PageError::Stale))?;
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.content_disposition().and_then(|said| said.get_filename()).map(str::to_owned);
        if file.is_some() && !uploaded.by.token.accepts(uploaded.field("csrf")) {
            return Err(PageError::Stale);
        }
        let mut value = Vec::new();
        while let Some(bytes) = field.next().await {
            let bytes = bytes.or(Err(PageError::Stale))?;
            drained += bytes.len();
            if drained > DRAINED {
                return Err(PageError::TooLarge);
            }
            let room = if file.is_some() { FILE + 1 } else { FIELDS };
            if value.len() + bytes.len() <= room {
                value.extend_from_slice(&bytes);
            } else if file.is_some() {
                (uploaded.bytes, value) = (None, Vec::new());
            } else {
                return Err(PageError::Stale);
            }
        }
        if let Some(file) = file {
            // Of several fields for a file the one counts in which there is one.
            if uploaded.name.is_empty() {
                uploaded.name = file;
                uploaded.bytes = uploaded.bytes.map(|_| value).filter(|bytes| bytes.len() <= FILE);
            }
        } else {
            kept += value.len() + name.len();
            if kept > FIELDS {
                return Err(PageError::Stale);
            }
            uploaded.fields.push((name, String::from_utf8(value).or(Err(PageError::Stale))?));
        }
    }
    if uploaded.by.token.accepts(uploaded.field("csrf")) { Ok(uploaded) } else { Err(PageError::Stale) }
}
