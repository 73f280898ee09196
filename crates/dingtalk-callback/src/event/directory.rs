//! The directory: who came, went or changed. The payload is a hint; the object is read again by its reader.

use dingtalk::{DeptId, UserId};

use crate::fields::Fields;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectoryMove {
    /// `user_add_org`
    Joined,
    /// `user_leave_org`
    Left,
    /// `user_modify_org`, `user_active_org`
    Changed,
    /// `org_dept_create`, `org_dept_modify`, `org_dept_remove`
    Departments,
}

/// A change of the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryChange {
    /// What happened.
    pub change: DirectoryMove,
    /// To whom.
    pub users: Vec<UserId>,
    /// To which departments.
    pub departments: Vec<DeptId>,
}

impl DirectoryChange {
    pub(super) fn read(kind: &str, fields: Fields<'_>) -> Option<Self> {
        let change = match kind {
            "user_add_org" => DirectoryMove::Joined,
            "user_leave_org" => DirectoryMove::Left,
            "user_modify_org" | "user_active_org" => DirectoryMove::Changed,
            "org_dept_create" | "org_dept_modify" | "org_dept_remove" => DirectoryMove::Departments,
            _ => return None,
        };
        let users = fields.texts("userid").iter().filter_map(|id| id.parse().ok()).collect();
        let departments =
            fields.texts("deptid").iter().filter_map(|id| id.parse().ok().map(DeptId)).collect();
        Some(Self { change, users, departments })
    }
}
