//! Answers of the control API: JSON, or a 400 with a message a person can read.

use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::json;

use crate::world::Refusal;

pub(super) type Answer = Result<HttpResponse, Refused>;

/// A refusal on its way to a person.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refused(pub(super) String);

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.to_string())
    }
}

impl actix_web::ResponseError for Refused {
    fn error_response(&self) -> HttpResponse {
        HttpResponse::BadRequest().json(json!({ "message": self.0 }))
    }
}

pub(super) fn told(value: impl Serialize) -> HttpResponse {
    HttpResponse::Ok().json(value)
}

pub(super) fn done() -> HttpResponse {
    told(json!({}))
}
