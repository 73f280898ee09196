//! Adding, changing and giving roles. Every call: permission `qyapi_manage_addresslist`; the built-in group 默认 cannot be
//! changed. Pages: [创建角色](https://open.dingtalk.com/document/development/address-book-add-role),
//! [更新角色名称](https://open.dingtalk.com/document/development/update-the-character-name),
//! [删除角色](https://open.dingtalk.com/document/development/delete-role-information),
//! [创建角色组](https://open.dingtalk.com/document/development/add-a-role-group),
//! [批量增加员工角色](https://open.dingtalk.com/document/development/add-role-information-to-employees-in-batches),
//! [批量删除员工角色][remove], [设定角色成员管理范围][scope].
//!
//! [remove]: https://open.dingtalk.com/document/development/delete-the-color-information-of-employee-corners-in-batches
//! [scope]: https://open.dingtalk.com/document/development/update-role-member-management-department-scope

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Commas, Contact};
use crate::{
    error::Error,
    ids::{DeptId, RoleGroupId, RoleId, UserId},
};

/// The most roles, and the most people, of one call that gives or takes roles. (One page allows 100 people for taking.)
pub const MOST_ROLE_CHANGES: usize = 20;

/// The most departments of one scope.
const MOST_SCOPES: usize = 50;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MadeRole {
    role_id: RoleId,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MadeGroup {
    group_id: RoleGroupId,
}

impl Contact<'_> {
    /// Adds a role to a group. Refused with 34020 when there is no such group, 34021 when the name is taken.
    pub async fn create_role(&self, group: RoleGroupId, name: &str) -> Result<RoleId, Error> {
        let request = json!({"roleName": name, "groupId": group});
        let made: MadeRole = self.0.oapi_flat(Method::POST, "/role/add_role", Some(&request)).await?;
        Ok(made.role_id)
    }

    /// Names a role anew; who has it keeps it. Not a built-in one. Permission `qyapi_manage_addresslist`.
    pub async fn rename_role(&self, role: RoleId, name: &str) -> Result<(), Error> {
        self.change("/role/update_role", &json!({"roleId": role, "roleName": name})).await
    }

    /// Removes a role that nobody has any more.
    pub async fn delete_role(&self, role: RoleId) -> Result<(), Error> {
        self.change("/topapi/role/deleterole", &json!({ "role_id": role })).await
    }

    /// Adds a group of roles, empty at first. Permission `qyapi_manage_addresslist`.
    pub async fn create_role_group(&self, name: &str) -> Result<RoleGroupId, Error> {
        let request = json!({ "name": name });
        let made: MadeGroup = self.0.oapi_flat(Method::POST, "/role/add_role_group", Some(&request)).await?;
        Ok(made.group_id)
    }

    /// Gives each of the roles to each of the people; at most [`MOST_ROLE_CHANGES`] of both.
    pub async fn give_roles(&self, roles: &[RoleId], people: &[UserId]) -> Result<(), Error> {
        self.assign("/topapi/role/addrolesforemps", roles, people).await
    }

    /// Takes each of the roles from each of the people; at most [`MOST_ROLE_CHANGES`] of both.
    pub async fn take_roles(&self, roles: &[RoleId], people: &[UserId]) -> Result<(), Error> {
        self.assign("/topapi/role/removerolesforemps", roles, people).await
    }

    /// For which departments somebody has a role: at most 50, for all when empty.
    pub async fn set_role_scope(
        &self,
        role: RoleId,
        userid: &UserId,
        departments: &[DeptId],
    ) -> Result<(), Error> {
        if departments.len() > MOST_SCOPES {
            return Err(Error::NotSent("a role is limited to at most 50 departments"));
        }
        let mut request = json!({"userid": userid, "role_id": role});
        if let (Some(fields), false) = (request.as_object_mut(), departments.is_empty()) {
            fields.insert("dept_ids".to_owned(), json!(Commas(departments.to_vec())));
        }
        self.change("/topapi/role/scope/update", &request).await
    }

    async fn assign(&self, path: &str, roles: &[RoleId], people: &[UserId]) -> Result<(), Error> {
        let fits = |count| (1..=MOST_ROLE_CHANGES).contains(&count);
        if !fits(roles.len()) || !fits(people.len()) {
            return Err(Error::NotSent("roles are given and taken for 1 to 20 roles and people at once"));
        }
        let request = json!({"roleIds": Commas(roles.to_vec()), "userIds": Commas(people.to_vec())});
        self.change(path, &request).await
    }

    async fn change(&self, path: &str, request: &Value) -> Result<(), Error> {
        self.0.oapi_flat(Method::POST, path, Some(request)).await.map(|_: Value| ())
    }
}
