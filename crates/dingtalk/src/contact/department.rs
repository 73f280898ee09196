//! Departments. Pages:
//! [获取部门列表](https://open.dingtalk.com/document/development/user-management-acquires-the-list-departments),
//! [获取部门详情](https://open.dingtalk.com/document/development/query-department-details0-v2),
//! [获取子部门ID列表](https://open.dingtalk.com/document/development/obtain-the-list-of-sub-department-ids),
//! [获取指定部门的所有父部门列表][by-department], [获取指定用户的所有父部门列表][by-person].
//!
//! [by-department]: https://open.dingtalk.com/document/development/query-the-list-of-all-parent-departments-of-a-department
//! [by-person]: https://open.dingtalk.com/document/development/queries-the-list-of-all-parent-departments-of-a-user

use serde::{Deserialize, Serialize};

use super::{Contact, UserRequest};
use crate::{
    error::Error,
    ids::{DeptId, UserId},
    lenient,
};

/// `topapi/v2/department/…`, request: one department.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepartmentsRequest {
    /// Which.
    pub dept_id: DeptId,
}

/// A department as its parent lists it.
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
    /// Has a group chat of its own.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub create_dept_group: bool,
    /// Who joins the department joins its chat.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub auto_add_user: bool,
}

/// `topapi/v2/department/get`, result. The lists of who may see what are absent while nothing is restricted.
#[expect(clippy::struct_excessive_bools, reason = "as the platform answers it")]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DepartmentDetail {
    /// The department.
    pub dept_id: DeptId,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its parent; the root has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<DeptId>,
    /// What another directory calls it.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub source_identifier: String,
    /// A code that only this interface can set.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Place among its siblings; the smallest stands first.
    #[serde(default, deserialize_with = "lenient::optional_number", skip_serializing_if = "Option::is_none")]
    pub order: Option<i64>,
    /// Who leads it.
    #[serde(default, deserialize_with = "lenient::list")]
    pub dept_manager_userid_list: Vec<UserId>,
    /// Has a group chat of its own.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub create_dept_group: bool,
    /// That chat.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub dept_group_chat_id: String,
    /// Who joins the department joins its chat.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub auto_add_user: bool,
    /// People of departments below are in the chat.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub group_contain_sub_dept: bool,
    /// Owner of the chat.
    #[serde(default, deserialize_with = "lenient::optional_id", skip_serializing_if = "Option::is_none")]
    pub org_dept_owner: Option<UserId>,
    /// Whoever asks to join is let in.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub auto_approve_apply: bool,
    /// Is not shown in the directory, but to those named.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub hide_dept: bool,
    /// Departments that see it although it is hidden.
    #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")]
    pub dept_permits: Vec<DeptId>,
    /// People who see it although it is hidden.
    #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")]
    pub user_permits: Vec<UserId>,
    /// Its people see only what is named.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub outer_dept: bool,
    /// Departments that its people see.
    #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")]
    pub outer_permit_depts: Vec<DeptId>,
    /// People that its people see.
    #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")]
    pub outer_permit_users: Vec<UserId>,
    /// Belongs to an associated organisation.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub from_union_org: bool,
    /// People here and below.
    #[serde(default, deserialize_with = "lenient::optional_number", skip_serializing_if = "Option::is_none")]
    pub member_count: Option<i64>,
    /// People here.
    #[serde(default, deserialize_with = "lenient::optional_number", skip_serializing_if = "Option::is_none")]
    pub owning_member_count: Option<i64>,
}

/// `topapi/v2/department/listsubid`, result.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DepartmentIds {
    /// Children.
    #[serde(default, deserialize_with = "lenient::list")]
    pub dept_id_list: Vec<DeptId>,
}

/// `topapi/v2/department/listparentbydept`, result.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ParentsOfDepartment {
    /// The department itself first, the root last.
    #[serde(default, deserialize_with = "lenient::list")]
    pub parent_id_list: Vec<DeptId>,
}

/// `topapi/v2/department/listparentbyuser`, result.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ParentsOfPerson {
    /// One chain for each department of the person.
    #[serde(default, deserialize_with = "lenient::list")]
    pub parent_list: Vec<ParentChain>,
}

/// From a department of a person up to the root.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParentChain {
    /// The department first, the root last.
    #[serde(default, deserialize_with = "lenient::list")]
    pub parent_dept_id_list: Vec<DeptId>,
}

/// Every call: permission `qyapi_get_department_list`; 60003 when there is no such department.
impl Contact<'_> {
    /// The departments directly below one. Refused with 50004 outside the contact scope.
    pub async fn departments(&self, dept_id: DeptId) -> Result<Vec<Department>, Error> {
        self.0.oapi("/topapi/v2/department/listsub", &DepartmentsRequest { dept_id }).await
    }

    /// One department. Refused with 50004 outside the contact scope.
    pub async fn department(&self, dept_id: DeptId) -> Result<DepartmentDetail, Error> {
        self.0.oapi("/topapi/v2/department/get", &DepartmentsRequest { dept_id }).await
    }

    /// Ids of the departments directly below one, whatever the contact scope.
    pub async fn department_ids(&self, dept_id: DeptId) -> Result<Vec<DeptId>, Error> {
        let path = "/topapi/v2/department/listsubid";
        let ids: DepartmentIds = self.0.oapi(path, &DepartmentsRequest { dept_id }).await?;
        Ok(ids.dept_id_list)
    }

    /// The way from a department up to the root, both included, whatever the contact scope.
    pub async fn parents_of_department(&self, dept_id: DeptId) -> Result<Vec<DeptId>, Error> {
        let path = "/topapi/v2/department/listparentbydept";
        let parents: ParentsOfDepartment = self.0.oapi(path, &DepartmentsRequest { dept_id }).await?;
        Ok(parents.parent_id_list)
    }

    /// The way from each department of a person up to the root, whatever the contact scope. Refused with 33012 when there is
    /// no such person.
    pub async fn parents_of_user(&self, userid: &UserId) -> Result<Vec<ParentChain>, Error> {
        let path = "/topapi/v2/department/listparentbyuser";
        let parents: ParentsOfPerson = self.0.oapi(path, &UserRequest { userid: userid.clone() }).await?;
        Ok(parents.parent_list)
    }
}
