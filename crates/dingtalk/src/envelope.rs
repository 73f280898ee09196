//! The two shapes of an answer, turned into one `Result`.

use reqwest::StatusCode;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    error::{Error, banned, classify},
    lenient,
};

/// What `oapi.dingtalk.com` answers: HTTP 200, and success is `errcode == 0`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OldAnswer<T> {
    /// 0 is success.
    #[serde(deserialize_with = "lenient::number")]
    pub errcode: i64,
    /// Words.
    #[serde(default, deserialize_with = "lenient::text")]
    pub errmsg: String,
    /// What support asks for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
    /// Present on success of the calls that wrap their result.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub result: Option<T>,
}

/// What `api.dingtalk.com` answers with a status of 4xx or 5xx.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewRefusal {
    /// A code in words.
    pub code: String,
    /// Words.
    #[serde(default)]
    pub message: String,
    /// What support asks for; the gateway spells it in lower case.
    #[serde(default, alias = "requestId", alias = "RequestId")]
    pub requestid: String,
    /// Which permission points are missing.
    #[serde(
        default,
        alias = "accessDeniedDetail",
        alias = "AccessDeniedDetail",
        skip_serializing_if = "Option::is_none"
    )]
    pub accessdenieddetail: Option<Value>,
}

/// Reads an answer of the old host whose payload stands beside `errcode`.
pub(crate) fn old_flat<T: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<T, Error> {
    let value = json(status, body)?;
    let answer: OldAnswer<Value> = understood(&value)?;
    if answer.errcode == 0 { understood(&value) } else { Err(old_refusal(&answer, &value)) }
}

/// Reads an answer of the old host whose payload is `result`.
pub(crate) fn old_result<T: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<T, Error> {
    let value = json(status, body)?;
    let answer: OldAnswer<Value> = understood(&value)?;
    if answer.errcode != 0 {
        return Err(old_refusal(&answer, &value));
    }
    understood(&answer.result.unwrap_or(Value::Null))
}

/// The generic wrapper 88 hides the real code in `sub_code`, in either spelling.
fn old_refusal(answer: &OldAnswer<Value>, value: &Value) -> Error {
    let field = |names: [&str; 2]| names.iter().find_map(|name| value.get(name)).map(plain);
    let code = match (answer.errcode, field(["sub_code", "subCode"])) {
        (88, Some(code)) if !code.is_empty() => code,
        (code, _) => code.to_string(),
    };
    let message =
        field(["sub_msg", "subMsg"]).filter(|m| !m.is_empty()).unwrap_or_else(|| answer.errmsg.clone());
    classify(code, message, answer.request_id.clone(), Vec::new())
}

/// Reads an answer of the new host.
pub(crate) fn new<T: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<T, Error> {
    if status.is_success() {
        // Some calls answer nothing at all.
        let value = if body.is_empty() { Value::Null } else { json(status, body)? };
        return understood(&value);
    }
    // The gateway's own time limit: what it forwarded may have been carried out.
    if status == StatusCode::GATEWAY_TIMEOUT {
        return Err(Error::Unknown(None));
    }
    if status == StatusCode::TOO_MANY_REQUESTS {
        let code = serde_json::from_slice::<NewRefusal>(body).map_or_else(|_| "429".to_owned(), |r| r.code);
        return Err(Error::RetryAfter { after: std::time::Duration::from_secs(1), code });
    }
    let value = json(status, body)?;
    let refusal: NewRefusal = understood(&value)?;
    let scopes = refusal
        .accessdenieddetail
        .as_ref()
        .and_then(|detail| detail.get("requiredScopes"))
        .and_then(Value::as_array)
        .map(|scopes| scopes.iter().map(plain).collect())
        .unwrap_or_default();
    Err(classify(refusal.code, refusal.message, refusal.requestid, scopes))
}

/// A JSON body, or the errors that come without one.
fn json(status: StatusCode, body: &[u8]) -> Result<Value, Error> {
    match serde_json::from_slice::<Value>(body) {
        // {"status":1111,"wait":5,"source":"x5","punish":"deny",…}
        Ok(value) if value.get("punish").is_some() => Err(banned()),
        Ok(value) => Ok(value),
        Err(_) if status == StatusCode::GATEWAY_TIMEOUT => Err(Error::Unknown(None)),
        Err(_) if status.is_server_error() => Err(Error::Unavailable(None)),
        // An HTML page instead of JSON is the other form of the ban.
        Err(_) if body.trim_ascii_start().starts_with(b"<") => Err(banned()),
        Err(source) => Err(Error::NotUnderstood { at: "body".to_owned(), source: Some(source) }),
    }
}

fn understood<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    serde_path_to_error::deserialize(value).map_err(|error| Error::NotUnderstood {
        at: error.path().to_string(),
        source: Some(error.into_inner()),
    })
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::StatusCode;
    use serde_json::Value;

    use super::{new, old_result};
    use crate::error::{Advice, Error};

    fn old(body: &str) -> Result<Value, Error> {
        old_result(StatusCode::OK, body.as_bytes())
    }

    #[test]
    fn a_code_in_a_success_is_a_refusal() {
        assert!(
            matches!(old(r#"{"errcode":60121,"errmsg":"x"}"#), Err(Error::Refused { code, .. }) if code == "60121")
        );
        assert_eq!(old(r#"{"errcode":"0","errmsg":"ok","result":{"a":1}}"#).unwrap()["a"], 1);
    }

    #[test]
    fn the_wrapper_88_gives_up_its_real_code() {
        for body in [
            r#"{"errcode":88,"errmsg":"…","sub_code":"60020","sub_msg":"访问ip不在白名单之中"}"#,
            r#"{"errcode":88,"errmsg":"…","subCode":"60020","subMsg":"x"}"#,
        ] {
            assert!(matches!(old(body), Err(Error::Refused { code, .. }) if code == "60020"), "{body}");
        }
    }

    #[test]
    fn a_ban_is_known_in_both_its_forms() {
        for body in
            [r#"{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"1"}"#, "<html>denied</html>"]
        {
            assert_eq!(old(body).unwrap_err().advice(), Advice::Retry(Duration::from_mins(5)), "{body}");
        }
    }

    #[test]
    fn a_gateway_timeout_is_unknown_and_never_failed() {
        let answer: Result<Value, _> = new(StatusCode::GATEWAY_TIMEOUT, b"<html>504</html>");
        assert_eq!(answer.unwrap_err().advice(), Advice::FindOut);
    }

    #[test]
    fn a_missing_permission_names_its_scope() {
        let body =
            br#"{"code":"Forbidden.AccessDenied.AccessTokenPermissionDenied","requestid":"R","message":"m",
            "accessdenieddetail":{"requiredScopes":["Workflow.Instance.Write"]}}"#;
        let answer: Result<Value, _> = new(StatusCode::FORBIDDEN, body);
        assert!(
            matches!(answer, Err(Error::Refused { required_scopes, .. }) if required_scopes == ["Workflow.Instance.Write"])
        );
    }
}
