//! A body with one file, read while it is sent: no more than one piece of it is in memory here.

use std::{future::poll_fn, io, pin::Pin};

use futures_util::{Stream, StreamExt, stream};
use reqwest::{
    Body, RequestBuilder,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
};
use ring::rand::{SecureRandom, SystemRandom};
use tokio::io::{AsyncRead, ReadBuf};

use crate::error::Error;

const PIECE: usize = 64 << 10;

/// Where the file comes from.
pub(crate) type Reader = Pin<Box<dyn AsyncRead + Send + Sync>>;

/// The parts around a file.
#[derive(Clone)]
pub(crate) struct Frame {
    boundary: String,
    head: String,
    tail: String,
}

impl Frame {
    /// `name` and `file_name` have been checked to hold neither quotes nor control characters.
    pub(crate) fn new(name: &str, value: &str, file: &str, file_name: &str) -> Result<Self, Error> {
        let mut random = [0_u8; 16];
        SystemRandom::new().fill(&mut random).or(Err(Error::NotSent("the machine has no randomness")))?;
        let boundary = hex::encode(random);
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"{file}\"; filename=\"{file_name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let tail = format!("\r\n--{boundary}--\r\n");
        Ok(Self { boundary, head, tail })
    }

    /// Puts the file into a request. A reader that has other than `length` bytes breaks the request off.
    pub(crate) fn fill(self, request: RequestBuilder, reader: Reader, length: u64) -> RequestBuilder {
        let whole = length + (self.head.len() + self.tail.len()) as u64;
        let edge = |text: String| stream::once(async { Ok::<_, io::Error>(text.into_bytes()) });
        let body = edge(self.head).chain(pieces(reader, length)).chain(edge(self.tail));
        request
            .header(CONTENT_TYPE, format!("multipart/form-data; boundary={}", self.boundary))
            .header(CONTENT_LENGTH, whole)
            .body(Body::wrap_stream(body))
    }
}

/// The pieces of a reader, which must end exactly after `length` bytes.
fn pieces(reader: Reader, length: u64) -> impl Stream<Item = io::Result<Vec<u8>>> {
    stream::try_unfold((reader, length), |(mut reader, left)| async move {
        let mut space = vec![0; PIECE];
        let read = poll_fn(|cx| {
            let mut piece = ReadBuf::new(&mut space);
            reader.as_mut().poll_read(cx, &mut piece).map_ok(|()| piece.filled().len())
        })
        .await?;
        space.truncate(read);
        match (left.checked_sub(read as u64), read) {
            (Some(0), 0) => Ok(None),
            (Some(left), 1..) => Ok(Some((space, (reader, left)))),
            _ => Err(io::Error::other("the file has another length than was said")),
        }
    })
}
