//! Inside the container: a code from the page becomes a user.
//! Page: [网页应用（H5微应用）免登](https://open.dingtalk.com/document/development/enterprise-internal-application-logon-free)
//! (`topapi/v2/user/getuserinfo`; there is no newer form of this call).

use serde::{Deserialize, Serialize};

use crate::{
    Client,
    error::Error,
    ids::{UnionId, UserId},
    lenient,
    sealed::shows,
};

/// Sign-in calls, by [`Client::auth`](crate::Client::auth).
#[derive(Clone, Copy, Debug)]
pub struct Auth<'a>(pub(crate) &'a Client);

/// `topapi/v2/user/getuserinfo`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeRequest {
    /// Lives five minutes and works once.
    pub code: String,
}

shows!(CodeRequest);

/// `topapi/v2/user/getuserinfo`, result.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignedIn {
    /// Who tapped.
    pub userid: UserId,
    /// The same person across the developer's apps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unionid: Option<UnionId>,
    /// Display name.
    #[serde(default)]
    pub name: String,
    /// The handset.
    #[serde(default)]
    pub device_id: String,
    /// Is an administrator of the tenant.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub sys: bool,
    /// 1 main administrator, 2 sub-administrator, 100 owner, 0 ordinary.
    #[serde(default, deserialize_with = "lenient::number")]
    pub sys_level: i64,
}

shows!(SignedIn: userid, sys, sys_level);

impl Auth<'_> {
    /// Who got this code. When it is unknown, used or older than five minutes (40078), the refusal's cause is
    /// [`Cause::SignInCode`](crate::Cause::SignInCode): ask the page for another. Permission `qyapi_base`; not counted in the
    /// monthly quota.
    pub async fn user_of_code(&self, code: &str) -> Result<SignedIn, Error> {
        self.0.oapi("/topapi/v2/user/getuserinfo", &CodeRequest { code: code.to_owned() }).await
    }
}
