//! Sign-in inside the container: a code from the page becomes a user.
//! Page: 获取登录用户的访问凭证 / 通过免登码获取用户信息 (`topapi/v2/user/getuserinfo`; there is no newer form of this call).

use serde::{Deserialize, Serialize};

use crate::{
    Client,
    error::Error,
    ids::{UnionId, UserId},
    lenient,
};

/// Sign-in calls.
#[derive(Clone, Copy, Debug)]
pub struct Auth<'a>(pub(crate) &'a Client);

/// `topapi/v2/user/getuserinfo`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeRequest {
    /// Lives five minutes and works once.
    pub code: String,
}

/// `topapi/v2/user/getuserinfo`, result.
#[derive(Clone, Debug, Serialize, Deserialize)]
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

impl Auth<'_> {
    /// Who got this code. Refused with 40078 when it is unknown, used or older than five minutes: ask the page for another.
    /// Not counted in the monthly quota.
    pub async fn user_of_code(&self, code: &str) -> Result<SignedIn, Error> {
        self.0.oapi("/topapi/v2/user/getuserinfo", &CodeRequest { code: code.to_owned() }).await
    }
}
