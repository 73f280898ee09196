//! Adding, changing and removing departments. Every call: permission `qyapi_manage_addresslist`. Pages:
//! [创建部门](https://open.dingtalk.com/document/development/address-book-creation-department-established-department),
//! [更新部门](https://open.dingtalk.com/document/development/address-book-update-department),
//! [删除部门](https://open.dingtalk.com/document/development/address-book-deletion-department).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Commas, Contact, DepartmentsRequest};
use crate::{
    error::Error,
    ids::{DeptId, UserId},
};

/// Who may see a department, and whom its people may see. At most 50 departments and people together in each pair of lists.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DepartmentRights {
    /// Hide it from the directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hide_dept: Option<bool>,
    /// Departments that see it all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dept_permits: Option<Commas<DeptId>>,
    /// People who see it all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_permits: Option<Commas<UserId>>,
    /// Let its people see only what is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outer_dept: Option<bool>,
    /// They see their own department and those below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outer_dept_only_self: Option<bool>,
    /// People whom they see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outer_permit_users: Option<Commas<UserId>>,
    /// Departments that they see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outer_permit_depts: Option<Commas<DeptId>>,
}

/// `topapi/v2/department/create`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewDepartment {
    /// 1 to 64 characters, without `-` and commas.
    pub name: String,
    /// Below which; the root is 1.
    pub parent_id: DeptId,
    /// Make a group chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create_dept_group: Option<bool>,
    /// Let in whoever asks to join.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_approve_apply: Option<bool>,
    /// Place among its siblings; the smallest stands first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<i64>,
    /// What another directory calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_identifier: Option<String>,
    /// Who sees what.
    #[serde(flatten)]
    pub rights: DepartmentRights,
}

impl NewDepartment {
    /// A department of that name below another.
    pub fn named(name: &str, parent_id: DeptId) -> Self {
        Self {
            name: name.to_owned(),
            parent_id,
            create_dept_group: None,
            auto_approve_apply: None,
            order: None,
            source_identifier: None,
            rights: DepartmentRights::default(),
        }
    }
}

/// `topapi/v2/department/create`, result.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct NewDepartmentId {
    /// The new department.
    pub dept_id: DeptId,
}

/// `topapi/v2/department/update`, request: what is absent stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DepartmentChange {
    /// 1 to 64 characters, without `-` and commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Moves it, with everything below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<DeptId>,
    /// Make a group chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create_dept_group: Option<bool>,
    /// Who joins the department joins its chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_add_user: Option<bool>,
    /// Let in whoever asks to join.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_approve_apply: Option<bool>,
    /// Place among its siblings; the smallest stands first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<i64>,
    /// What another directory calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_identifier: Option<String>,
    /// Who leads it; they must be in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dept_manager_userid_list: Option<Commas<UserId>>,
    /// `dept_manager_userid_list` takes all leaders away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force_update_fields: Option<String>,
    /// People of departments below are in the chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_contain_sub_dept: Option<bool>,
    /// Owner of the chat; they must be in the department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org_dept_owner: Option<UserId>,
    /// At most 30 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Who sees what.
    #[serde(flatten)]
    pub rights: DepartmentRights,
}

/// A change with the department it is for.
#[derive(Serialize)]
struct DepartmentUpdate<'a> {
    dept_id: DeptId,
    #[serde(flatten)]
    change: &'a DepartmentChange,
}

impl Contact<'_> {
    /// Adds a department. Refused with 60004 when there is no parent, 60021 when it has a child of that name.
    pub async fn create_department(&self, new: &NewDepartment) -> Result<DeptId, Error> {
        let made: NewDepartmentId = self.0.oapi("/topapi/v2/department/create", new).await?;
        Ok(made.dept_id)
    }

    /// Changes a department. Refused with 60018 for the root, 60010 when it would be below itself.
    pub async fn update_department(&self, dept_id: DeptId, change: &DepartmentChange) -> Result<(), Error> {
        let request = DepartmentUpdate { dept_id, change };
        self.0.oapi("/topapi/v2/department/update", &request).await.map(|_: Value| ())
    }

    /// Removes a department. Refused with 60005 while people are in it, 60006 while departments are below it, 60007 for the
    /// root.
    pub async fn delete_department(&self, dept_id: DeptId) -> Result<(), Error> {
        let request = DepartmentsRequest { dept_id };
        self.0.oapi("/topapi/v2/department/delete", &request).await.map(|_: Value| ())
    }
}
