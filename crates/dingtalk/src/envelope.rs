//! The two shapes of an answer, turned into one `Result`.
//!
//! The old host answers 200 and means success by `errcode == 0`; the new one means success by the status and refuses with `code`.
//! Pages and gateways spell the names of a refusal differently, so they are looked up without regard to case and underscores.

use std::time::Duration;

use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    codes::{self, Class},
    error::Error,
    http::Answer,
};

/// Reads an answer of the new host.
pub(crate) fn new<T: DeserializeOwned>(answer: &Answer) -> Result<T, Error> {
    // Some calls answer nothing at all.
    if answer.status.is_success() && answer.body.is_empty() {
        return understood(answer, &Value::Null);
    }
    let value = json(answer)?;
    if answer.status.is_success() { understood(answer, &value) } else { Err(new_refusal(answer, &value)) }
}

/// Reads an answer of the old host whose payload stands beside `errcode`.
pub(crate) fn old_flat<T: DeserializeOwned>(answer: &Answer) -> Result<T, Error> {
    understood(answer, &old(answer)?)
}

/// Reads an answer of the old host whose payload is `result`.
pub(crate) fn old_result<T: DeserializeOwned>(answer: &Answer) -> Result<T, Error> {
    understood(answer, old(answer)?.get("result").unwrap_or(&Value::Null))
}

/// What an answer of either host refuses, for whoever does not need its payload.
pub(crate) fn error_of(answer: &Answer) -> Option<Error> {
    old(answer).err()
}

fn old(answer: &Answer) -> Result<Value, Error> {
    let value = json(answer)?;
    match text(&value, "errcode").as_str() {
        "0" => Ok(value),
        // A gateway in front of the old host may speak like the new one.
        "" if field(&value, "code").is_some() => Err(new_refusal(answer, &value)),
        "" => Err(not_understood(answer, "no errcode")),
        code => Err(old_refusal(code, &value)),
    }
}

/// The generic wrapper 88 hides the real code in `sub_code`, and names missing permission points only in its text.
fn old_refusal(code: &str, value: &Value) -> Error {
    let or = |inner: String, outer: &str| if inner.is_empty() { outer.to_owned() } else { inner };
    let whole = text(value, "errmsg");
    let scopes = scopes_in(&whole);
    let (code, message) = match code {
        "88" => {
            let code = or(text(value, "subcode"), between(&whole, "[subcode=", ",").unwrap_or(code));
            (code, or(text(value, "submsg"), &whole))
        }
        code => (code.to_owned(), whole),
    };
    refusal(code, message, text(value, "requestid"), scopes)
}

/// `… {requiredScopes=[qyapi_get_member]}]`
fn scopes_in(text: &str) -> Vec<String> {
    let listed = between(text, "requiredScopes=[", "]").unwrap_or_default();
    listed.split(',').map(str::trim).filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(inner, _)| inner)
}

fn new_refusal(answer: &Answer, value: &Value) -> Error {
    let code = text(value, "code");
    if code.is_empty() {
        return not_understood(answer, "no code");
    }
    let scopes = field(value, "accessdenieddetail")
        .and_then(|detail| field(detail, "requiredscopes"))
        .and_then(Value::as_array)
        .map(|scopes| scopes.iter().map(plain).collect())
        .unwrap_or_default();
    refusal(code, text(value, "message"), text(value, "requestid"), scopes)
}

fn refusal(code: String, message: String, request_id: String, required_scopes: Vec<String>) -> Error {
    match codes::class(&code) {
        Class::Wait(after) => Error::RetryAfter { after, code },
        Class::Busy => Error::Unavailable(None),
        Class::Unclear => Error::Unknown(None),
        Class::Token
        | Class::SignInCode
        | Class::App
        | Class::Quota
        | Class::Bought
        | Class::Page
        | Class::Endpoint
        | Class::Other => Error::Refused { code, message, request_id, required_scopes },
    }
}

/// A JSON body, or the errors that come without one.
fn json(answer: &Answer) -> Result<Value, Error> {
    let (status, body) = (answer.status, answer.body.as_slice());
    let parsed = serde_json::from_slice::<Value>(body).ok();
    // {"status":1111,"wait":5,"source":"x5","punish":"deny",…}
    if parsed.as_ref().is_some_and(|value| value.get("punish").is_some()) {
        return Err(Error::banned());
    }
    match status {
        // A gateway gave up on what stands behind it: what it had forwarded may have been carried out.
        StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => return Err(Error::Unknown(None)),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
            return Err(too_busy(answer, parsed.as_ref()));
        }
        status if status.is_redirection() => return Err(not_understood(answer, "a redirect")),
        _ => {}
    }
    parsed.ok_or_else(|| match status {
        status if status.is_server_error() => Error::Unknown(None),
        StatusCode::NOT_FOUND => not_understood(answer, "no such page"),
        // An HTML page instead of JSON is the other form of the ban.
        _ if body.trim_ascii_start().starts_with(b"<") => Error::banned(),
        _ => not_understood(answer, "no JSON"),
    })
}

/// 429 or 503: turned away at the door.
fn too_busy(answer: &Answer, value: Option<&Value>) -> Error {
    let said = value.map_or_else(String::new, |value| text(value, "code"));
    let code = if said.is_empty() { answer.status.as_str().to_owned() } else { said };
    let after = match (answer.retry_after, codes::class(&code)) {
        (Some(after), _) | (None, Class::Wait(after)) => after,
        (None, _) => Duration::from_secs(10),
    };
    Error::RetryAfter { after, code }
}

/// The reader's own words are left out: they quote the value that they did not like.
fn understood<T: DeserializeOwned>(answer: &Answer, value: &Value) -> Result<T, Error> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        not_understood(answer, if path == "." { "the whole" } else { &path })
    })
}

fn not_understood(answer: &Answer, at: &str) -> Error {
    Error::NotUnderstood { status: answer.status.as_u16(), at: at.to_owned() }
}

/// A field by its name in lower case without underscores.
fn field<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let same = |key: &str| {
        let letters = key.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase());
        letters.eq(name.bytes())
    };
    value.as_object()?.iter().find(|(key, _)| same(key)).map(|(_, value)| value)
}

/// A field as text; empty when it is missing or null.
fn text(value: &Value, name: &str) -> String {
    field(value, name).filter(|value| !value.is_null()).map(plain).unwrap_or_default()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::StatusCode;
    use serde_json::Value;

    use super::{new, old_flat, old_result};
    use crate::{
        error::{Advice, Error},
        http::Answer,
    };

    fn answer(status: u16, body: &str) -> Answer {
        let status = StatusCode::from_u16(status).unwrap();
        Answer { status, retry_after: None, body: body.as_bytes().to_vec() }
    }

    fn refused(error: Error) -> (String, String, String, Vec<String>) {
        match error {
            Error::Refused { code, message, request_id, required_scopes } => {
                (code, message, request_id, required_scopes)
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_code_in_a_success_is_a_refusal() {
        let body = r#"{"errcode":60121,"errmsg":"找不到该用户","request_id":"r1"}"#;
        let (code, message, request_id, _) = refused(old_flat::<Value>(&answer(200, body)).unwrap_err());
        assert_eq!([code, message, request_id], ["60121", "找不到该用户", "r1"]);
        let fine = answer(200, r#"{"errcode":"0","errmsg":"ok","result":{"a":1}}"#);
        assert_eq!(old_result::<Value>(&fine).unwrap()["a"], 1);
    }

    #[test]
    fn the_wrapper_88_gives_up_its_real_code() {
        for body in [
            r#"{"errcode":88,"errmsg":"…","sub_code":"60020","sub_msg":"访问ip不在白名单之中"}"#,
            r#"{"errcode":"88","errmsg":"…","subCode":60020,"subMsg":"x"}"#,
        ] {
            assert_eq!(refused(old_flat::<Value>(&answer(200, body)).unwrap_err()).0, "60020", "{body}");
        }
    }

    #[test]
    fn the_old_host_names_missing_points_in_its_text() {
        let body = r#"{"errcode":88,"request_id":"r","errmsg":"ding talk error[subcode=60011,submsg=没有权限：[a], {requiredScopes=[qyapi_a, B.Read]}]"}"#;
        let (code, _, _, scopes) = refused(old_flat::<Value>(&answer(200, body)).unwrap_err());
        assert_eq!((code.as_str(), scopes), ("60011", vec!["qyapi_a".to_owned(), "B.Read".to_owned()]));
    }

    #[test]
    fn a_refusal_is_read_in_every_spelling() {
        for body in [
            r#"{"code":"C","requestid":"R","message":"M","accessdenieddetail":{"requiredScopes":["S"]}}"#,
            r#"{"Code":"C","RequestId":"R","Message":"M","AccessDeniedDetail":{"RequiredScopes":["S"]}}"#,
            r#"{"code":"C","requestId":"R","request_id":"R","message":"M","accessDeniedDetail":{"requiredScopes":["S"]}}"#,
        ] {
            let (code, message, request_id, scopes) = refused(new::<Value>(&answer(403, body)).unwrap_err());
            assert_eq!([code, message, request_id, scopes.concat()], ["C", "M", "R", "S"], "{body}");
        }
    }

    #[test]
    fn a_status_is_advice_where_a_body_says_nothing() {
        let wait = |seconds| Advice::Retry(Duration::from_secs(seconds));
        let ban = r#"{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"1"}"#;
        let table = [
            (200, ban, wait(300)),
            (403, ban, wait(300)),
            (200, " <!doctype html>", wait(300)),
            (429, r#"{"code":"systemBusy"}"#, wait(10)),
            (429, "", wait(10)),
            (503, "<html>", wait(10)),
            (500, r#"{"code":"systemError"}"#, wait(5)),
            (500, r#"{"code":"internalError"}"#, Advice::FindOut),
            (500, "<html>", Advice::FindOut),
            (502, "<html>", Advice::FindOut),
            (504, r#"{"code":"gateway"}"#, Advice::FindOut),
            (302, "<html>", Advice::GiveUp),
            (404, "<html>", Advice::GiveUp),
            (400, r#"{"code":"invalidParameter"}"#, Advice::GiveUp),
            (400, "[]", Advice::GiveUp),
            (200, "plain words", Advice::GiveUp),
        ];
        for (status, body, advice) in table {
            let answer = answer(status, body);
            assert_eq!(old_flat::<Value>(&answer).unwrap_err().advice(), advice, "old {status} {body}");
            assert_eq!(new::<Value>(&answer).unwrap_err().advice(), advice, "new {status} {body}");
        }
    }

    #[test]
    fn what_is_not_understood_names_the_place_and_not_the_value() {
        #[derive(Debug, serde::Deserialize)]
        struct Told {
            #[expect(dead_code, reason = "only its type matters")]
            count: i64,
        }
        let body = r#"{"errcode":0,"result":{"count":"13800000007"}}"#;
        let error = old_result::<Told>(&answer(200, body)).unwrap_err();
        let said = format!("{error} {error:?} {}", error.code());
        assert!(said.contains("count") && !said.contains("138"), "{said}");
    }
}
