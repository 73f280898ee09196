//! In a browser outside DingTalk (OAuth 2): our page sends the browser to DingTalk's, which sends it back with a code; the code
//! becomes a token of that person, and the token tells who it is.
//!
//! Pages: [获取登录用户的访问凭证](https://open.dingtalk.com/document/development/obtain-identity-credentials),
//! [获取用户token](https://open.dingtalk.com/document/development/obtain-user-token),
//! [获取用户通讯录个人信息](https://open.dingtalk.com/document/development/dingtalk-retrieve-user-information).

use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::Auth;
use crate::{
    error::Error,
    ids::{CorpId, UnionId},
    lenient,
    sealed::shows,
};

/// What is asked of the authorisation page. It has no `Debug`: the state is a secret of one browser.
#[derive(Clone)]
pub struct Authorise<'a> {
    /// Where the browser comes back to; it must be registered under 安全设置 > 重定向URL.
    pub redirect_uri: &'a Url,
    /// Comes back unchanged: a text that nobody can guess and that this browser alone was given, against forged returns.
    pub state: &'a str,
    /// The organisation to choose beforehand. Asks for the scope `corpid` too, and shows only organisations that the person
    /// manages.
    pub corp_id: Option<&'a CorpId>,
}

/// The address to send the browser to. `login` is the origin of DingTalk's page, `https://login.dingtalk.com`. It returns to
/// `redirect_uri` with `authCode` (newer pages: `code` with the same value as well) and `state`, or with `error` and `state`.
pub fn authorise_url(login: &Url, client_id: &str, ask: &Authorise<'_>) -> Url {
    let mut url = login.clone();
    url.set_path("/oauth2/auth");
    url.set_fragment(None);
    {
        let mut query = url.query_pairs_mut();
        query
            .clear()
            .append_pair("redirect_uri", ask.redirect_uri.as_str())
            .append_pair("response_type", "code")
            .append_pair("client_id", client_id)
            .append_pair("scope", if ask.corp_id.is_some() { "openid corpid" } else { "openid" })
            .append_pair("state", ask.state)
            .append_pair("prompt", "consent");
        if let Some(corp_id) = ask.corp_id {
            query.append_pair("org_type", "management").append_pair("corpId", corp_id.as_str());
        }
    }
    url
}

/// `POST /v1.0/oauth2/userAccessToken`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserTokenRequest {
    /// AppKey.
    pub client_id: String,
    /// AppSecret.
    pub client_secret: String,
    /// `authorization_code` or `refresh_token`.
    pub grant_type: String,
    /// With `authorization_code`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// With `refresh_token`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

shows!(UserTokenRequest: client_id, grant_type);

/// `POST /v1.0/oauth2/userAccessToken`, answer: a token of one person.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserToken {
    /// Opens [`Auth::me`].
    pub access_token: String,
    /// Good for another token for 30 days.
    #[serde(default)]
    pub refresh_token: String,
    /// Seconds, 7200.
    #[serde(deserialize_with = "lenient::number")]
    pub expire_in: i64,
    /// The organisation that the person chose, with the scope `corpid`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_id")]
    pub corp_id: Option<CorpId>,
}

shows!(UserToken: expire_in, corp_id);

/// `GET /v1.0/contact/users/me`, answer: the person who signed in, as they show themselves in DingTalk.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// The same person across the developer's apps; leads to the userid.
    pub union_id: UnionId,
    /// The person for this app alone.
    #[serde(default)]
    pub open_id: String,
    /// The name the person chose.
    #[serde(default, deserialize_with = "lenient::text")]
    pub nick: String,
    /// A picture.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub avatar_url: String,
    /// Only with the permission `Contact.User.mobile`.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub mobile: String,
    /// The person's own mail address.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Country code of the number.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub state_code: String,
}

shows!(Me: union_id);

impl Auth<'_> {
    /// The person's token for the code that their browser brought back. A code works once; when it is unknown or used, the
    /// refusal's cause is [`Cause::SignInCode`](crate::Cause::SignInCode). Permission `open_app_api_base`; not counted.
    pub async fn user_token(&self, code: &SecretString) -> Result<UserToken, Error> {
        let code = Some(code.expose_secret().to_owned());
        self.grant("authorization_code", code, None).await
    }

    /// Another token of the same person, without their doing, within 30 days.
    pub async fn renew_user_token(&self, refresh: &SecretString) -> Result<UserToken, Error> {
        let refresh = Some(refresh.expose_secret().to_owned());
        self.grant("refresh_token", None, refresh).await
    }

    /// Who the token belongs to. Permission `Contact.User.Read`, and for the number `Contact.User.mobile`; not counted. The
    /// person may belong to another organisation: only [`crate::contact::Contact::user_by_union_id`] says who they are here.
    pub async fn me(&self, token: &UserToken) -> Result<Me, Error> {
        let token = SecretString::from(token.access_token.clone());
        self.0.with_token(Method::GET, "/v1.0/contact/users/me", &[], &token).await
    }

    async fn grant(
        &self,
        grant_type: &str,
        code: Option<String>,
        refresh_token: Option<String>,
    ) -> Result<UserToken, Error> {
        let config = self.0.config();
        let request = UserTokenRequest {
            client_id: config.client_id.clone(),
            client_secret: config.client_secret.expose_secret().to_owned(),
            grant_type: grant_type.to_owned(),
            code,
            refresh_token,
        };
        self.0.without_token("/v1.0/oauth2/userAccessToken", &request).await
    }
}

#[cfg(test)]
mod tests {
    use super::{Authorise, authorise_url};

    #[test]
    fn the_address_of_the_page_says_everything_encoded() {
        let login = "https://login.dingtalk.com".parse().unwrap();
        let redirect_uri = "https://h5.example.gov.cn/desk/return?x=1".parse().unwrap();
        let mut ask = Authorise { redirect_uri: &redirect_uri, state: "s 1&", corp_id: None };
        assert_eq!(
            authorise_url(&login, "dingapp1", &ask).as_str(),
            "https://login.dingtalk.com/oauth2/auth?redirect_uri=https%3A%2F%2Fh5.example.gov.cn%2Fdesk%2Freturn%3Fx%3D1\
             &response_type=code&client_id=dingapp1&scope=openid&state=s+1%26&prompt=consent"
        );
        let corp = "dingcorp1".parse().unwrap();
        ask.corp_id = Some(&corp);
        let url = authorise_url(&login, "dingapp1", &ask);
        assert!(url.as_str().ends_with("&prompt=consent&org_type=management&corpId=dingcorp1"), "{url}");
        assert!(url.as_str().contains("scope=openid+corpid"), "{url}");
    }
}
