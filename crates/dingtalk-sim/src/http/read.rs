//! What came in, as objects: the query, and a body of either generation.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::http::endpoint::{Endpoint, Face};
use crate::http::multipart::{self, File, Parts};
use crate::world::Refusal;

/// The query as a flat object, without the token that the gate reads.
pub(super) fn query(text: &str) -> (Value, Option<String>) {
    let mut pairs: BTreeMap<String, String> =
        url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
    let token = pairs.remove("access_token");
    (pairs.into_iter().map(|(key, value)| (key, Value::String(value))).collect(), token)
}

/// The body as an object, with its file if it comes in parts.
pub(super) fn body(
    endpoint: &Endpoint,
    content_type: &str,
    bytes: &[u8],
) -> Result<(Value, Option<File>), Refusal> {
    if endpoint.face == Face::Old && content_type.starts_with("multipart/form-data") {
        let Parts { fields, file } = multipart::read(content_type, bytes)?;
        return Ok((fields, file));
    }
    object(endpoint, content_type, bytes).map(|body| (body, None))
}

/// The new API reads JSON only; the old one also reads forms.
fn object(endpoint: &Endpoint, content_type: &str, bytes: &[u8]) -> Result<Value, Refusal> {
    if bytes.is_empty() && endpoint.path == "/v1.0/gateway/connections/open" {
        return Err(Refusal::MissingBody);
    }
    // Some calls say everything in their address; where a field is missing, it is named.
    if endpoint.method == "GET" || bytes.is_empty() {
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
