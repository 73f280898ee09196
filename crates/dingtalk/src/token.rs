//! The app's access token on the wire. [`crate::Client`] keeps it.
//!
//! Asking again while a token is valid returns the same one with a longer life, so several processes may hold it. Page:
//! [获取企业内部应用的accessToken](https://open.dingtalk.com/document/development/obtain-the-access-token-of-an-internal-app).

use serde::{Deserialize, Serialize};

use crate::sealed::shows;

/// `POST /v1.0/oauth2/accessToken`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenRequest {
    /// Client id.
    pub app_key: String,
    /// Client secret.
    pub app_secret: String,
}

shows!(TokenRequest: app_key);

/// `POST /v1.0/oauth2/accessToken`, answer.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenAnswer {
    /// At most 512 characters in practice; the length is not fixed.
    pub access_token: String,
    /// Seconds, 7200.
    pub expire_in: i64,
}

shows!(TokenAnswer: expire_in);
