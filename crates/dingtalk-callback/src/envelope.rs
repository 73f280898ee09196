//! Query and body of a push, and what makes one acceptable.

use std::borrow::Cow;

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::{
    crypto::Key,
    event::{Event, What},
    random,
    reply::Reply,
    sealed::shows,
    signature,
};

/// No documented push comes near this many bytes; the platform's own samples are below 10 KB. A server that reads the body before
/// it asks us should stop reading here, too.
pub const BODY_CAP: usize = 1 << 20;

/// Why a push is refused. Every variant is a 4xx; none says what would have been right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A parameter is missing.
    #[error("signature, timestamp or nonce is missing")]
    Query,
    /// The timestamp is no time, or too far from now.
    #[error("the timestamp is not within the window")]
    Stale,
    /// The body is no envelope.
    #[error("the body is no envelope")]
    Body,
    /// The body is too large.
    #[error("the body is too large")]
    TooLarge,
    /// Not signed with our token.
    #[error("the signature is wrong")]
    Signature,
    /// Does not open, or is for somebody else.
    #[error("the content does not open here")]
    Content,
}

/// The parameters of a push, under each of the names that the platform's pages use. What has nothing to unescape is not copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query<'a> {
    /// `msg_signature`, else `signature`.
    pub signature: Cow<'a, str>,
    /// `timestamp`, else `timeStamp`: milliseconds, digits only.
    pub timestamp: Cow<'a, str>,
    /// `nonce`.
    pub nonce: Cow<'a, str>,
}

impl<'a> Query<'a> {
    /// Reads the query of an address, without its question mark.
    pub fn parse(query: &'a str) -> Result<Self, Refused> {
        if query.bytes().any(|byte| matches!(byte, b'%' | b'+')) {
            return Self::pick(url::form_urlencoded::parse(query.as_bytes()));
        }
        // The platform's own parameters have nothing to unescape.
        Self::pick(query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))))
    }

    /// Picks the parameters out of decoded pairs. Of a name that stands there twice, the first with a value counts.
    pub fn pick<K, V>(pairs: impl IntoIterator<Item = (K, V)>) -> Result<Self, Refused>
    where
        K: AsRef<str>,
        V: AsRef<str> + Into<Cow<'a, str>>,
    {
        let (mut signature, mut old_signature, mut timestamp, mut old_timestamp, mut nonce) =
            (None, None, None, None, None);
        for (key, value) in pairs {
            let place = match key.as_ref() {
                "msg_signature" => &mut signature,
                "signature" => &mut old_signature,
                "timestamp" => &mut timestamp,
                "timeStamp" => &mut old_timestamp,
                "nonce" => &mut nonce,
                _ => continue,
            };
            if place.is_none() && !value.as_ref().is_empty() {
                *place = Some(value);
            }
        }
        let found = |value: Option<V>| value.map(Into::into).ok_or(Refused::Query);
        Ok(Self {
            signature: found(signature.or(old_signature))?,
            timestamp: found(timestamp.or(old_timestamp))?,
            nonce: found(nonce)?,
        })
    }
}

/// Base64 has nothing to unescape, so the text is not copied unless somebody escapes it all the same.
#[derive(Serialize, Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    encrypt: Cow<'a, str>,
}

/// What is sealed, of a body. The platform sends this one field without a blank, and then nobody needs to look at every byte of it as JSON.
fn sealed_text(body: &[u8]) -> Option<Cow<'_, str>> {
    let bare = body.strip_prefix(br#"{"encrypt":""#).and_then(|rest| rest.strip_suffix(br#""}"#));
    // Without an early end, so that the processor looks at many bytes at once.
    let one_text =
        |text: &&[u8]| !text.iter().fold(false, |found, byte| found | matches!(byte, b'"' | b'\\' | ..0x20));
    match bare.filter(one_text) {
        Some(text) => std::str::from_utf8(text).ok().map(Cow::Borrowed),
        None => serde_json::from_slice(body).ok().map(|Envelope { encrypt }| encrypt),
    }
}

/// What was sealed in a push that passed every check, and has not been read. For whoever hands it on as it is; [`Receiver::open`] reads it.
#[derive(Clone, PartialEq, Eq)]
pub struct Unsealed {
    /// The message, usually JSON. It may hold names and telephone numbers.
    pub message: Vec<u8>,
    /// Which of the accepted owners it was for.
    pub owner: String,
}

shows!(Unsealed: owner);

/// What was in a push that passed every check. It may still be a copy of an earlier one: see [`replay`](crate::replay).
#[derive(Clone, Debug)]
pub struct Opened {
    /// The event.
    pub event: Event,
    /// Which of the accepted owners it was for; the reply is sealed for the same one.
    pub owner: String,
}

/// What the check of a third-party app's address (`check_create_suite_url`, `check_update_suite_url`) is answered with. The platform's
/// pages name both; internal apps never see these events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SuiteChecks {
    /// The random word that came.
    #[default]
    Random,
    /// `success`, like everything else.
    Success,
}

/// What an endpoint must know to take pushes.
#[derive(Clone, Debug)]
pub struct Receiver {
    token: SecretString,
    key: Key,
    owners: Vec<String>,
    window: Duration,
    suite_checks: SuiteChecks,
}

impl Receiver {
    /// `owners` are the owner keys to accept: the app key for a subscription of an internal app, the corp id for the older registered
    /// callback, the suite key for a third-party app. `window` is how far a push's timestamp may be from now; retries carry their own timestamp.
    pub fn new(token: SecretString, key: Key, owners: Vec<String>, window: Duration) -> Self {
        Self { token, key, owners, window, suite_checks: SuiteChecks::default() }
    }

    /// Says how a third-party app's check is answered.
    #[must_use]
    pub fn suite_checks(self, suite_checks: SuiteChecks) -> Self {
        Self { suite_checks, ..self }
    }

    /// Opens a push and reads what it says. Which of the checks failed is for the log; whoever asked is told a 4xx and no more.
    ///
    /// # Errors
    ///
    /// Those of [`Self::unseal`]; [`Refused::Content`] when what was sealed is no event.
    pub fn open(&self, query: &Query<'_>, body: &[u8], now: DateTime<Utc>) -> Result<Opened, Refused> {
        let Unsealed { message, owner } = self.unseal(query, body, now)?;
        let event = Event::read(message).or(Err(Refused::Content))?;
        Ok(Opened { event, owner })
    }

    /// Opens a push: its time, its size (at most [`BODY_CAP`] bytes), its signature, what is sealed and whose it is, in this order.
    ///
    /// # Errors
    ///
    /// Each check has its own [`Refused`].
    pub fn unseal(&self, query: &Query<'_>, body: &[u8], now: DateTime<Utc>) -> Result<Unsealed, Refused> {
        self.fresh(&query.timestamp, now)?;
        if body.len() > BODY_CAP {
            return Err(Refused::TooLarge);
        }
        let encrypt = sealed_text(body).ok_or(Refused::Body)?;
        let token = self.token.expose_secret();
        if !signature::verify(&query.signature, token, &query.timestamp, &query.nonce, &encrypt) {
            return Err(Refused::Signature);
        }
        let plain = self.key.open(&encrypt).or(Err(Refused::Content))?;
        let owner =
            self.owners.iter().find(|owner| owner.as_bytes() == plain.owner()).ok_or(Refused::Content)?;
        Ok(Unsealed { message: plain.into_message(), owner: owner.clone() })
    }

    /// The sealed `success` for a push that was taken; for a third-party app's check, what [`SuiteChecks`] says. It is for the owner
    /// that the push was for.
    pub fn success(&self, opened: &Opened, now: DateTime<Utc>) -> Option<Reply> {
        let word = match &opened.event.what {
            What::CheckUrl(check) if self.suite_checks == SuiteChecks::Random => check.random.as_deref(),
            _ => None,
        };
        self.answer(&opened.owner, word.unwrap_or("success"), now)
    }

    /// A word, sealed for an owner.
    pub fn answer(&self, owner: &str, word: &str, now: DateTime<Utc>) -> Option<Reply> {
        Reply::seal(&self.key, self.token.expose_secret(), owner, word, now)
    }

    /// Strictly digits: the signature alone does not tell the timestamp from the nonce.
    fn fresh(&self, timestamp: &str, now: DateTime<Utc>) -> Result<(), Refused> {
        let digits =
            (10..=13).contains(&timestamp.len()) && timestamp.bytes().all(|byte| byte.is_ascii_digit());
        let number: i64 = timestamp.parse().or(Err(Refused::Stale))?;
        let millis = if timestamp.len() <= 10 { number.saturating_mul(1000) } else { number };
        let away = i64::try_from(now.timestamp_millis().abs_diff(millis)).or(Err(Refused::Stale))?;
        if digits && away <= self.window.num_milliseconds() { Ok(()) } else { Err(Refused::Stale) }
    }
}

/// A push as the platform sends it; for simulators and tests.
#[derive(Clone, Debug)]
pub struct Pushed {
    /// The query's pairs.
    pub query: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

impl Pushed {
    /// Seals and signs a message. `None` only when the machine has no randomness to give.
    pub fn seal(key: &Key, token: &str, owner: &str, message: &str, now: DateTime<Utc>) -> Option<Self> {
        let (random, nonce) = random::fresh()?;
        let encrypt = key.seal(message.as_bytes(), owner, random)?;
        let timestamp = now.timestamp_millis().to_string();
        let signature = signature::sign(token, &timestamp, &nonce, &encrypt);
        let query = vec![
            ("msg_signature", signature.clone()),
            ("signature", signature),
            ("timestamp", timestamp),
            ("nonce", nonce),
        ];
        let body = serde_json::to_string(&Envelope { encrypt: encrypt.into() }).ok()?;
        Some(Self { query, body })
    }
}

#[cfg(test)]
mod tests {
    use super::{Envelope, sealed_text};

    #[test]
    fn a_body_says_the_same_whichever_way_it_is_read() {
        for body in [
            r#"{"encrypt":"QUJD+/=="}"#,
            r#"{"encrypt":""}"#,
            r#"{ "encrypt" : "QUJD" }"#,
            r#"{"encrypt":"QU\u004aD\/"}"#,
            r#"{"encrypt":"QUJD","agentId":"1"}"#,
            r#"{"agentId":"1","encrypt":"QUJD"}"#,
            r#"{"encrypt":"QUJD","encrypt":"RA"}"#,
            "{\"encrypt\":\"QU\nJD\"}",
            "{\"encrypt\":\"QU\u{7f}JD\"}",
            r#"{"encrypt":"钉钉"}"#,
            r#"{"encrypt":"QUJD"}}"#,
            r#"{"encrypt":"}"#,
            r#"{"encrypt":1}"#,
            "",
        ] {
            let json = serde_json::from_str::<Envelope<'_>>(body).ok().map(|envelope| envelope.encrypt);
            assert_eq!(sealed_text(body.as_bytes()), json, "{body}");
        }
        assert_eq!(sealed_text(b"{\"encrypt\":\"\xff\"}"), None);
    }
}
