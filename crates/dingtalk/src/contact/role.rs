//! Roles (角色; in events they are called labels). Pages:
//! [获取角色列表](https://open.dingtalk.com/document/development/obtains-a-list-of-enterprise-roles),
//! [获取指定角色的员工列表](https://open.dingtalk.com/document/development/obtain-the-list-of-employees-of-a-role),
//! [获取角色详情](https://open.dingtalk.com/document/development/queries-role-details),
//! [获取角色组列表](https://open.dingtalk.com/document/development/obtains-the-role-group-information).

use futures_util::Stream;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Contact;
use crate::{
    error::Error,
    ids::{DeptId, RoleGroupId, RoleId, UserId},
    lenient,
    page::{self, Page},
    sealed::shows,
};

/// A group of roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleGroup {
    /// The group.
    #[serde(rename = "groupId")]
    pub group_id: RoleGroupId,
    /// Its name; 默认 is the built-in one.
    #[serde(default)]
    pub name: String,
    /// Its roles.
    #[serde(default, deserialize_with = "lenient::list")]
    pub roles: Vec<Role>,
}

/// A role as the list of groups has it. Built-in ones (主管理员, 部门主管, …) follow from who administers and who leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The role.
    pub id: RoleId,
    /// Its name.
    #[serde(default)]
    pub name: String,
}

/// `topapi/role/list`, result.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RoleGroupPage {
    /// Is there more?
    #[serde(default, rename = "hasMore", deserialize_with = "lenient::boolean")]
    pub has_more: bool,
    /// Groups of this page.
    #[serde(default, deserialize_with = "lenient::list")]
    pub list: Vec<RoleGroup>,
}

/// Somebody who has a role.
#[derive(Clone, Serialize, Deserialize)]
pub struct RoleMember {
    /// The person.
    pub userid: UserId,
    /// Display name.
    #[serde(default)]
    pub name: String,
    /// For which departments they have it; for all when empty.
    #[serde(
        default,
        rename = "manageScopes",
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub manage_scopes: Vec<ManageScope>,
}

shows!(RoleMember: userid, manage_scopes);

/// A department for which somebody has a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManageScope {
    /// The department.
    pub dept_id: DeptId,
    /// Its name.
    #[serde(default)]
    pub name: String,
}

/// `topapi/role/simplelist`, result.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RoleMemberPage {
    /// Is there more?
    #[serde(default, rename = "hasMore", deserialize_with = "lenient::boolean")]
    pub has_more: bool,
    /// People of this page.
    #[serde(default, deserialize_with = "lenient::list")]
    pub list: Vec<RoleMember>,
}

/// `topapi/role/getrole`, the payload beside `errcode`.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct RoleAnswer {
    role: RoleDetail,
}

/// A role as one is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleDetail {
    /// Its name.
    pub name: String,
    /// The group it is in.
    #[serde(rename = "groupId")]
    pub group_id: RoleGroupId,
}

/// `topapi/role/getrolegroup`, the payload beside `errcode`.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct RoleGroupAnswer {
    role_group: RoleGroupDetail,
}

/// A group as one is read; the names of its fields are others than in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleGroupDetail {
    /// Its name.
    pub group_name: String,
    /// Its roles.
    #[serde(default, deserialize_with = "lenient::list")]
    pub roles: Vec<NamedRole>,
}

/// A role inside [`RoleGroupDetail`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedRole {
    /// The role.
    pub role_id: RoleId,
    /// Its name.
    #[serde(default)]
    pub role_name: String,
}

/// Page sizes: at most 200 groups, at most 100 people.
const GROUPS: i64 = 200;
const PEOPLE: i64 = 100;

impl<'a> Contact<'a> {
    /// Every group with its roles. Permission `qyapi_get_department_list`.
    pub fn roles(&self) -> impl Stream<Item = Result<RoleGroup, Error>> + 'a {
        let client = self.0;
        page::stream(move |offset| async move {
            let request = json!({"offset": offset, "size": GROUPS});
            let page: RoleGroupPage = client.oapi("/topapi/role/list", &request).await?;
            Ok(Page { items: page.list, next: page.has_more.then_some(offset + GROUPS) })
        })
    }

    /// Everybody who has a role. Refused with 33011 when there is no such role. Permission `qyapi_get_department_member`.
    pub fn role_members(&self, role: RoleId) -> impl Stream<Item = Result<RoleMember, Error>> + 'a {
        let client = self.0;
        page::stream(move |offset| async move {
            let request = json!({"role_id": role, "offset": offset, "size": PEOPLE});
            let page: RoleMemberPage = client.oapi("/topapi/role/simplelist", &request).await?;
            Ok(Page { items: page.list, next: page.has_more.then_some(offset + PEOPLE) })
        })
    }

    /// One role. Refused with 33011 when there is none. Permission `qyapi_get_department_member`.
    pub async fn role(&self, role: RoleId) -> Result<RoleDetail, Error> {
        let request = json!({ "roleId": role });
        let answer: RoleAnswer =
            self.0.oapi_flat(Method::POST, "/topapi/role/getrole", Some(&request)).await?;
        Ok(answer.role)
    }

    /// One group. Permission `qyapi_get_department_list`.
    pub async fn role_group(&self, group: RoleGroupId) -> Result<RoleGroupDetail, Error> {
        let request = json!({ "group_id": group });
        let path = "/topapi/role/getrolegroup";
        let answer: RoleGroupAnswer = self.0.oapi_flat(Method::POST, path, Some(&request)).await?;
        Ok(answer.role_group)
    }
}
