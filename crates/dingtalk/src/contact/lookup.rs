//! Finding somebody by something else than the userid, and who administers. Pages:
//! [根据手机号查询用户](https://open.dingtalk.com/document/development/query-users-by-phone-number),
//! [根据unionid获取用户userid](https://open.dingtalk.com/document/development/query-a-user-by-the-union-id),
//! [获取管理员列表](https://open.dingtalk.com/document/development/query-the-administrator-list),
//! [获取管理员通讯录权限范围](https://open.dingtalk.com/document/development/query-permissions-of-the-administrator-address-book),
//! [获取员工人数](https://open.dingtalk.com/document/development/user-management-acquires-number-employees).

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Contact, UserRequest};
use crate::{
    error::Error,
    ids::{DeptId, UnionId, UserId},
    lenient,
};

/// `topapi/v2/user/getbymobile`, result.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Found {
    /// Whose number it is.
    pub userid: UserId,
}

/// `topapi/user/getbyunionid`, result.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FoundByUnionId {
    /// 0 somebody of the organisation, 1 an external contact.
    #[serde(default, deserialize_with = "lenient::number")]
    pub contact_type: i64,
    /// The person.
    pub userid: UserId,
}

/// An administrator of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admin {
    /// The person.
    pub userid: UserId,
    /// 1 the main administrator, 2 another one.
    #[serde(deserialize_with = "lenient::number")]
    pub sys_level: i64,
}

/// `topapi/user/get_admin_scope`, answer; it stands beside `errcode`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AdminScope {
    /// Departments whose people the administrator manages.
    #[serde(default, deserialize_with = "lenient::list")]
    pub dept_ids: Vec<DeptId>,
}

/// `topapi/user/count`, result.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Count {
    /// So many people.
    #[serde(deserialize_with = "lenient::number")]
    pub count: i64,
}

impl Contact<'_> {
    /// Whose number this is. Refused with 60121 or 40104 when nobody in service has it. Permission `qyapi_get_member_by_mobile`.
    pub async fn user_by_mobile(&self, mobile: &str) -> Result<UserId, Error> {
        let found: Found = self.0.oapi("/topapi/v2/user/getbymobile", &json!({ "mobile": mobile })).await?;
        Ok(found.userid)
    }

    /// Who this is in this organisation. Refused with 60121 when they do not belong to it. Permission `qyapi_get_member`.
    pub async fn user_by_union_id(&self, unionid: &UnionId) -> Result<FoundByUnionId, Error> {
        self.0.oapi("/topapi/user/getbyunionid", &json!({ "unionid": unionid })).await
    }

    /// Everybody who administers the organisation, whatever the contact scope. Permission `qyapi_get_member`.
    pub async fn admins(&self) -> Result<Vec<Admin>, Error> {
        self.0.oapi("/topapi/user/listadmin", &json!({})).await
    }

    /// The departments that an administrator manages. Permission `qyapi_get_member`.
    pub async fn admin_scope(&self, userid: &UserId) -> Result<Vec<DeptId>, Error> {
        let request = UserRequest { userid: userid.clone() };
        let path = "/topapi/user/get_admin_scope";
        let scope: AdminScope = self.0.oapi_flat(Method::POST, path, Some(&request)).await?;
        Ok(scope.dept_ids)
    }

    /// How many people there are, or how many of them have activated their login; whatever the contact scope. Permission
    /// `qyapi_get_member`.
    pub async fn count(&self, only_active: bool) -> Result<i64, Error> {
        let count: Count = self.0.oapi("/topapi/user/count", &json!({ "only_active": only_active })).await?;
        Ok(count.count)
    }
}
