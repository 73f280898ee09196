//! People and departments (通讯录). Still the old host's `topapi/v2`; not counted in the monthly quota; limited to the app's
//! contact scope.
//!
//! Pages: [查询用户详情](https://open.dingtalk.com/document/development/query-user-details),
//! [获取部门用户详情](https://open.dingtalk.com/document/development/queries-the-complete-information-of-a-department-user),
//! [获取部门列表](https://open.dingtalk.com/document/development/user-management-acquires-the-list-departments).

use serde::{Deserialize, Serialize};

use crate::{
    Client,
    error::Error,
    ids::{DeptId, UnionId, UserId},
    lenient,
    sealed::shows,
};

/// Directory calls.
#[derive(Clone, Copy, Debug)]
pub struct Contact<'a>(pub(crate) &'a Client);

/// `topapi/v2/user/get`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserRequest {
    /// Whom.
    pub userid: UserId,
}

/// A person as the directory shows them. Fields that the app may not see are absent.
#[derive(Clone, Serialize, Deserialize)]
pub struct User {
    /// The person.
    pub userid: UserId,
    /// The same person across the developer's apps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unionid: Option<UnionId>,
    /// Display name.
    #[serde(default)]
    pub name: String,
    /// Only with the field permission 企业员工手机号信息.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mobile: String,
    /// Post, as free text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Departments of the person.
    #[serde(default, deserialize_with = "lenient::list")]
    pub dept_id_list: Vec<DeptId>,
    /// Has activated the login.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub active: bool,
}

shows!(User: userid, dept_id_list, active);

/// `topapi/v2/user/list`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserListRequest {
    /// This department only, not those below it.
    pub dept_id: DeptId,
    /// 0 at first, then `next_cursor`.
    pub cursor: i64,
    /// At most 100.
    pub size: i64,
}

/// `topapi/v2/user/list`, result.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UserPage {
    /// Is there more?
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub has_more: bool,
    /// Where it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub next_cursor: Option<i64>,
    /// People of this page.
    #[serde(default, deserialize_with = "lenient::list")]
    pub list: Vec<User>,
}

/// `topapi/v2/department/listsub`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepartmentsRequest {
    /// Whose children.
    pub dept_id: DeptId,
}

/// A department.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Department {
    /// The department.
    pub dept_id: DeptId,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its parent; the root has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<DeptId>,
}

/// The most people in one page.
const PAGE: i64 = 100;

impl Contact<'_> {
    /// One person. Refused with 60121 when there is no such person (any more). Permission `qyapi_get_member`.
    pub async fn user(&self, userid: &UserId) -> Result<User, Error> {
        self.0.oapi("/topapi/v2/user/get", &UserRequest { userid: userid.clone() }).await
    }

    /// Everybody of one department, not of those below it. Permission `qyapi_get_department_member`.
    pub async fn users(&self, dept_id: DeptId) -> Result<Vec<User>, Error> {
        let mut users = Vec::new();
        let mut cursor = 0;
        loop {
            let request = UserListRequest { dept_id, cursor, size: PAGE };
            let page: UserPage = self.0.oapi("/topapi/v2/user/list", &request).await?;
            users.extend(page.list);
            match page.next_cursor {
                // A cursor that does not move would never end.
                Some(next) if page.has_more && next > cursor => cursor = next,
                _ => return Ok(users),
            }
        }
    }

    /// The departments directly below one. Permission `qyapi_get_department_list`.
    pub async fn departments(&self, dept_id: DeptId) -> Result<Vec<Department>, Error> {
        self.0.oapi("/topapi/v2/department/listsub", &DepartmentsRequest { dept_id }).await
    }
}
