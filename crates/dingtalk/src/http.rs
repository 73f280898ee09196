//! One request, one answer: what can be said about it before its content is looked at.

use std::time::Duration;

use futures_util::StreamExt;
use reqwest::{
    RequestBuilder, StatusCode,
    header::{ACCEPT, HeaderMap, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};

use crate::{config::Config, error::Error};

/// No documented answer comes near this many bytes.
const BODY_CAP: u64 = 4 << 20;

/// A longer wait than this is not believed.
const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// An answer, read whole.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// `Retry-After` in seconds, where the gateway names it.
    pub(crate) retry_after: Option<Duration>,
    pub(crate) body: Vec<u8>,
}

/// The connection pool: no redirects, because a redirect would carry the token to wherever it points.
pub(crate) fn pool(config: &Config) -> Result<reqwest::Client, reqwest::Error> {
    let timeout = config.timeout;
    // Without this header the gateway of the new host may answer in XML.
    let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
    reqwest::Client::builder()
        .redirect(Policy::none())
        .default_headers(headers)
        .timeout(timeout)
        // Shorter than the whole, so that a host that cannot be reached is told from one that does not answer.
        .connect_timeout(timeout / 2)
        .pool_idle_timeout(Duration::from_mins(1))
        .user_agent(&config.user_agent)
        .build()
}

/// Sends a request and reads the answer up to [`BODY_CAP`]. Says whether the platform can have acted.
pub(crate) async fn send(request: RequestBuilder) -> Result<Answer, Error> {
    send_capped(request, BODY_CAP, "a body beyond 4 MiB").await
}

/// The same, with another cap. The bytes are counted as they come (and as they are unpacked): what the head says of the length is
/// believed only where it is too much.
pub(crate) async fn send_capped(
    request: RequestBuilder,
    most: u64,
    beyond: &'static str,
) -> Result<Answer, Error> {
    let answer = request.send().await.map_err(sorted)?;
    let (status, retry_after) = (answer.status(), retry_after(answer.headers()));
    let too_long = || Error::NotUnderstood { status: status.as_u16(), at: beyond.to_owned() };
    if answer.content_length().is_some_and(|length| length > most) {
        return Err(too_long());
    }
    let mut body = Vec::new();
    let mut chunks = answer.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(sorted)?;
        if (body.len() + chunk.len()) as u64 > most {
            return Err(too_long());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, retry_after, body })
}

/// A connection that was never made carried nothing; after that, nobody knows. The address goes: it may hold the token.
fn sorted(error: reqwest::Error) -> Error {
    let error = error.without_url();
    if error.is_connect() || error.is_builder() {
        Error::Unavailable(Some(error))
    } else {
        Error::Unknown(Some(error))
    }
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}
