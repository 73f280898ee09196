//! The wire log: the last few hundred exchanges, with secrets masked, for a visitor and for a failing test.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

const KEPT: usize = 400;
const LONGEST_TEXT: usize = 4000;
const SECRET_KEYS: [&str; 12] = [
    "apiSecret",
    "appsecret",
    "appSecret",
    "client_secret",
    "clientSecret",
    "accessToken",
    "access_token",
    "code",
    "sessionWebhook",
    "refreshToken",
    "ssoSecret",
    "jsapiTicket",
];

/// Who spoke to whom.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The app calls the platform.
    Call,
    /// The platform pushes to the app.
    Push,
    /// A person's phone loads a page of the app.
    Page,
}

/// One exchange. Bodies of pages are never kept: they are about people.
#[derive(Clone, Debug, Serialize)]
pub struct Exchange {
    /// Grows by one with each exchange of a tenant.
    pub number: u64,
    /// On the tenant's clock.
    pub at: DateTime<Utc>,
    /// Who spoke to whom.
    pub direction: Direction,
    /// In a word: what a visitor reads first.
    pub what: String,
    /// Of HTTP; a frame of Stream mode has a word instead.
    pub method: String,
    /// With its query, whose secrets are masked.
    pub path: String,
    /// 0 when nothing answered.
    pub status: u16,
    /// How long the answer took, in milliseconds of the machine.
    pub ms: u64,
    /// The body, or what is said instead of one that is too long.
    pub request: Value,
    /// The same of the answer.
    pub response: Value,
}

/// An exchange before it is numbered and masked.
#[derive(Clone, Debug)]
pub(crate) struct NewExchange {
    pub(crate) direction: Direction,
    pub(crate) what: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: u16,
    pub(crate) ms: u64,
    pub(crate) request: Value,
    pub(crate) response: Value,
}

#[derive(Debug, Default)]
pub(crate) struct WireLog {
    entries: VecDeque<Exchange>,
    numbered: u64,
}

impl WireLog {
    pub(crate) fn add(&mut self, new: NewExchange, at: DateTime<Utc>) {
        self.numbered += 1;
        self.entries.push_back(Exchange {
            number: self.numbered,
            at,
            direction: new.direction,
            what: new.what,
            method: new.method,
            path: without_query_secrets(&new.path),
            status: new.status,
            ms: new.ms,
            request: masked(new.request),
            response: masked(new.response),
        });
        if self.entries.len() > KEPT {
            self.entries.pop_front();
        }
    }

    pub(crate) fn since(&self, number: u64) -> impl Iterator<Item = &Exchange> {
        self.entries.iter().filter(move |entry| entry.number > number)
    }

    pub(crate) fn last(&self) -> u64 {
        self.numbered
    }
}

/// Keeps the shape, hides the secret.
fn masked(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(key, value)| {
                    let secret = SECRET_KEYS.contains(&key.as_str()) && looks_secret(&value);
                    let value = if secret { Value::from("•••") } else { masked(value) };
                    (key, value)
                })
                .collect(),
        ),
        Value::Array(values) => Value::Array(values.into_iter().map(masked).collect()),
        Value::String(text) if text.chars().count() > LONGEST_TEXT => {
            Value::from(text.chars().take(LONGEST_TEXT).chain("…".chars()).collect::<String>())
        }
        other => other,
    }
}

/// `code` is a sign-in code in a request and an error's name in an answer: the latter must stay readable.
fn looks_secret(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.len() >= 24 && !text.contains('.'))
        || value.as_str().is_some_and(|text| text.starts_with("http"))
}

fn without_query_secrets(path: &str) -> String {
    let Some((path, query)) = path.split_once('?') else { return path.to_owned() };
    let kept: Vec<_> = query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((
                key @ ("access_token" | "appsecret" | "session" | "sign" | "msg_signature" | "code"),
                _,
            )) => {
                format!("{key}=•••")
            }
            _ => pair.to_owned(),
        })
        .collect();
    format!("{path}?{}", kept.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_are_masked_wherever_they_stand() {
        let token = "a".repeat(32);
        assert_eq!(
            masked(
                json!({"list": [{"accessToken": token, "expireIn": 7200}], "code": "Forbidden.AccessDenied"})
            ),
            json!({"list": [{"accessToken": "•••", "expireIn": 7200}], "code": "Forbidden.AccessDenied"})
        );
        assert_eq!(
            without_query_secrets("/gettoken?appkey=k&appsecret=s"),
            "/gettoken?appkey=k&appsecret=•••"
        );
    }

    #[test]
    fn the_log_forgets_the_oldest() {
        let mut log = WireLog::default();
        for status in 0..500 {
            let exchange = NewExchange {
                direction: Direction::Call,
                what: String::new(),
                method: "GET".to_owned(),
                path: "/".to_owned(),
                status,
                ms: 0,
                request: Value::Null,
                response: Value::Null,
            };
            log.add(exchange, DateTime::UNIX_EPOCH);
        }
        assert_eq!(log.since(0).count(), KEPT);
        assert_eq!(log.since(498).count(), 2);
        assert_eq!(log.last(), 500);
    }
}
