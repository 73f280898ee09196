//! From the back office (oa.dingtalk.com): an administrator opens the app's 管理后台地址, which gets a code appended.
//!
//! Pages: [获取微应用后台免登的accessToken][token], [获取应用管理后台免登的用户信息][user].
//!
//! [token]: https://open.dingtalk.com/document/development/obtain-the-access-token-of-the-micro-application-background-without-log-on
//! [user]: https://open.dingtalk.com/document/development/obtains-the-identity-of-an-application-administrator

use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::Auth;
use crate::{
    error::Error,
    ids::{CorpId, UserId},
    lenient,
    sealed::shows,
};

/// `POST /v1.0/oauth2/ssoAccessToken`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SsoTokenRequest {
    /// The organisation.
    pub corpid: CorpId,
    /// `SSOSecret` of the organisation, from the developers' console.
    #[serde(rename = "ssoSecret")]
    pub sso_secret: String,
}

shows!(SsoTokenRequest: corpid);

/// `POST /v1.0/oauth2/ssoAccessToken`, answer.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SsoTokenAnswer {
    /// For nothing but `ssoUserInfo`.
    pub access_token: String,
    /// Seconds, 3600 in the page's sample.
    #[serde(deserialize_with = "lenient::number")]
    pub expire_in: i64,
}

shows!(SsoTokenAnswer: expire_in);

/// `GET /v1.0/oauth2/ssoUserInfo`, answer.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BackOfficeUser {
    /// The administrator.
    pub user_id: UserId,
    /// Their organisation.
    pub corp_id: CorpId,
    /// Its name.
    #[serde(default)]
    pub corp_name: String,
    /// Display name.
    #[serde(default)]
    pub user_name: String,
    /// Mail address.
    #[serde(default, deserialize_with = "lenient::text")]
    pub email: String,
    /// A picture.
    #[serde(default, deserialize_with = "lenient::text")]
    pub avatar: String,
    /// Is an administrator of the organisation.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub is_admin: bool,
}

shows!(BackOfficeUser: user_id, corp_id, is_admin);

impl Auth<'_> {
    /// Which administrator brought this code. It is of another kind than those of the container, which refuse it (40078), and
    /// the other way round. Two calls: a token for the organisation's `SSOSecret`, then the person. Permission
    /// `qyapi_get_omp_sso_userinfo`; not counted.
    pub async fn back_office_user(
        &self,
        sso_secret: &SecretString,
        code: &SecretString,
    ) -> Result<BackOfficeUser, Error> {
        let request = SsoTokenRequest {
            corpid: self.0.config().corp_id.clone(),
            sso_secret: sso_secret.expose_secret().to_owned(),
        };
        let token: SsoTokenAnswer = self.0.without_token("/v1.0/oauth2/ssoAccessToken", &request).await?;
        let query = [("code", code.expose_secret().to_owned())];
        self.0.with_token(Method::GET, "/v1.0/oauth2/ssoUserInfo", &query, &token.access_token.into()).await
    }
}
