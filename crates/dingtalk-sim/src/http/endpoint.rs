//! What the gate knows of a call before it is read.

use serde_json::Value;

use crate::http::call::Call;
use crate::world::Refusal;

/// The two generations of the API: where the token stands, and how an answer looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// oapi.dingtalk.com
    Old,
    /// api.dingtalk.com
    New,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Open,
    Token,
}

/// Whether a call is taken off the month's quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cost {
    Free,
    Counted,
}

pub(super) struct Endpoint {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) face: Face,
    pub(super) access: Access,
    pub(super) cost: Cost,
    /// The permission point without which the call is refused; `None` is for every app.
    pub(super) needs: Option<&'static str>,
    /// What a visitor reads in the wire log.
    pub(super) what: &'static str,
    pub(super) answer: fn(Call<'_>) -> Result<Value, Refusal>,
}

pub(super) const fn new(
    method: &'static str,
    path: &'static str,
    cost: Cost,
    what: &'static str,
    answer: fn(Call<'_>) -> Result<Value, Refusal>,
) -> Endpoint {
    Endpoint { method, path, face: Face::New, access: Access::Token, cost, needs: None, what, answer }
}

pub(super) const fn old(
    method: &'static str,
    path: &'static str,
    cost: Cost,
    what: &'static str,
    answer: fn(Call<'_>) -> Result<Value, Refusal>,
) -> Endpoint {
    Endpoint { method, path, face: Face::Old, access: Access::Token, cost, needs: None, what, answer }
}

impl Endpoint {
    /// What stands in the path where this one's has braces, decoded; `None` when it is another path.
    pub(super) fn parts(&self, path: &str) -> Option<Vec<String>> {
        let (mut wanted, mut given) = (self.path.split('/'), path.split('/'));
        let mut parts = Vec::new();
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return Some(parts),
                (Some(part), Some(text)) if part.starts_with('{') && !text.is_empty() => {
                    parts.push(percent_decode(text));
                }
                (Some(part), Some(text)) if part == text => {}
                _ => return None,
            }
        }
    }

    /// May be called without the app's token.
    pub(super) const fn open(self) -> Self {
        Self { access: Access::Open, ..self }
    }

    /// The permission point of the call, as its page names it under 权限要求.
    pub(super) const fn needs(self, point: &'static str) -> Self {
        Self { needs: Some(point), ..self }
    }
}

/// A form's decoder reads `%XX`; what means more to it than to a path is hidden from it.
fn percent_decode(text: &str) -> String {
    let hidden = text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    url::form_urlencoded::parse(hidden.as_bytes()).map(|(text, _)| text.into_owned()).collect()
}
