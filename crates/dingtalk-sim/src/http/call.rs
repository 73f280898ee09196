//! A call as an endpoint sees it: its fields, the state it may change, and the time.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::config::World;
use crate::forms::Strict;
use crate::http::table::{Endpoint, Face};
use crate::shared::State;
use crate::world::Refusal;

pub(super) struct Call<'a> {
    pub(super) world: &'a World,
    pub(super) state: &'a mut State,
    pub(super) now: DateTime<Utc>,
    pub(super) query: Strict,
    pub(super) body: Strict,
}

impl Call<'_> {
    /// The body as it came, for a form that is read elsewhere.
    pub(super) fn whole_body(&mut self) -> Result<Value, Refusal> {
        Ok(std::mem::replace(&mut self.body, nothing()?).into_value())
    }

    /// Everything has been read; what is left is a mistake. Asked before anything is done.
    pub(super) fn read_whole(&mut self) -> Result<(), Refusal> {
        std::mem::replace(&mut self.query, nothing()?).done()?;
        std::mem::replace(&mut self.body, nothing()?).done()
    }
}

fn nothing() -> Result<Strict, Refusal> {
    Strict::new("", Value::Object(Map::new()))
}

/// The query as a flat object, without the token that the gate reads.
pub(super) fn query(text: &str) -> (Value, Option<String>) {
    let mut pairs: BTreeMap<String, String> =
        url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
    let token = pairs.remove("access_token");
    (pairs.into_iter().map(|(key, value)| (key, Value::String(value))).collect(), token)
}

/// The body as an object. The new API reads JSON only; the old one also reads forms.
pub(super) fn body(endpoint: &Endpoint, content_type: &str, bytes: &[u8]) -> Result<Value, Refusal> {
    if endpoint.method == "GET" || (bytes.is_empty() && endpoint.face == Face::Old) {
        return Ok(Value::Object(Map::new()));
    }
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    match (kind, endpoint.face) {
        ("application/json", _) => serde_json::from_slice(bytes)
            .map_err(|error| Refusal::Parameter(format!("the body is not JSON: {error}"))),
        ("application/x-www-form-urlencoded", Face::Old) => {
            let pairs = url::form_urlencoded::parse(bytes).into_owned();
            Ok(pairs.map(|(key, value)| (key, Value::String(value))).collect())
        }
        (_, Face::New) => Err(Refusal::ContentType("application/json")),
        (_, Face::Old) => Err(Refusal::ContentType("application/json or application/x-www-form-urlencoded")),
    }
}
