//! What of the directory the app may see. Page:
//! [获取通讯录权限范围](https://open.dingtalk.com/document/development/obtain-corpsecret-authorization-scope).

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Contact;
use crate::{
    error::Error,
    ids::{DeptId, UserId},
    lenient,
};

/// `auth/scopes`, answer; it stands beside `errcode`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Scopes {
    /// Whom.
    #[serde(default)]
    pub auth_org_scopes: OrgScopes,
    /// Which fields of them, by the platform's names.
    #[serde(default, deserialize_with = "lenient::list")]
    pub auth_user_field: Vec<String>,
}

/// The people an app may see.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct OrgScopes {
    /// Single people.
    #[serde(default, deserialize_with = "lenient::list")]
    pub authed_user: Vec<UserId>,
    /// Departments, with everything below them. The root, 1, is everybody.
    #[serde(default, deserialize_with = "lenient::list")]
    pub authed_dept: Vec<DeptId>,
}

impl Contact<'_> {
    /// What the administrator let the app see. Reading the directory begins here: calls about anything else are refused with
    /// 50002 and 50004. Permission `qyapi_base`.
    pub async fn scopes(&self) -> Result<Scopes, Error> {
        self.0.oapi_flat(Method::GET, "/auth/scopes", None::<&Value>).await
    }
}
