//! The two answer shapes: errcode in a 200, or an HTTP status with a code.

use serde::Serialize;
use serde_json::{Value, json};

use crate::faults::Fault;
use crate::http::endpoint::Face;
use crate::world::Refusal;

/// What goes back, before it is bytes.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
}

pub(super) fn shape(face: Face, outcome: Result<Value, Refusal>, request_id: &str) -> Answer {
    match (face, outcome) {
        (Face::New, Ok(body)) => Answer { status: 200, body },
        (Face::New, Err(refusal)) => {
            let mut body =
                json!({"code": refusal.code(), "requestid": request_id, "message": refusal.to_string()});
            if let (Some(fields), Some(point)) = (body.as_object_mut(), refusal.required_scope()) {
                fields.insert("accessdenieddetail".to_owned(), json!({ "requiredScopes": [point] }));
            }
            Answer { status: refusal.status(), body }
        }
        (Face::Old, Ok(body)) => {
            let mut whole = json!({"errcode": 0, "errmsg": "ok", "request_id": request_id});
            if let (Some(whole), Value::Object(fields)) = (whole.as_object_mut(), body) {
                whole.extend(fields);
            }
            Answer { status: 200, body: whole }
        }
        (Face::Old, Err(refusal)) if refusal.is_wrapped() => {
            let (code, text) = (refusal.errcode(), refusal.to_string());
            let scopes = refusal.required_scope().map(|point| format!(", {{requiredScopes=[{point}]}}"));
            let whole =
                format!("ding talk error[subcode={code},submsg={text}{}]", scopes.unwrap_or_default());
            let body = json!({
                "errcode": 88, "errmsg": whole, "sub_code": code.to_string(), "sub_msg": text,
                "request_id": request_id,
            });
            Answer { status: 200, body }
        }
        (Face::Old, Err(refusal)) => Answer {
            status: 200,
            body: json!({
                "errcode": refusal.errcode(), "errmsg": refusal.to_string(), "request_id": request_id,
            }),
        },
    }
}

/// A fault that answers instead of the endpoint; `None` lets the call through.
pub(super) fn instead(fault: Fault, face: Face, request_id: &str) -> Option<Answer> {
    match fault {
        Fault::TooFast => Some(shape(face, Err(Refusal::TooFast), request_id)),
        Fault::SystemError => Some(shape(face, Err(Refusal::System), request_id)),
        Fault::Busy => Some(Answer {
            status: 429,
            body: json!({"code": "systemBusy", "requestid": request_id, "message": "system busy"}),
        }),
        Fault::LostAnswer | Fault::Slow { .. } | Fault::HeldBack | Fault::TokenExpired => None,
    }
}

/// An answer in the client's own wire type: where there is one, drift breaks the build.
pub(super) fn wire(answer: impl Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(answer).map_err(|_not_json| Refusal::System)
}

pub(super) fn id<T: TryFrom<String>>(text: String) -> Result<T, Refusal> {
    text.try_into().map_err(|_not_an_id| Refusal::System)
}

pub(super) fn check_count(given: usize, most: usize) -> Result<(), Refusal> {
    if given > most { Err(Refusal::TooMany { given, most }) } else { Ok(()) }
}
