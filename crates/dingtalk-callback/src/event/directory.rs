//! The directory: who came, went or changed. The payload is a hint; the object is read again by its reader.

use std::collections::BTreeSet;

use dingtalk::{DeptId, UserId};
use serde_json_borrow::{ObjectAsVec, Value};

use crate::fields::Fields;

/// What happened in the directory, named by its `EventType`. A hint: read the person or the department again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectoryMove {
    /// `user_add_org`
    Joined,
    /// `user_leave_org`
    Left,
    /// `user_modify_org`
    Changed,
    /// `user_active_org`: who was invited signed in for the first time.
    Activated,
    /// `org_admin_add`
    AdminsAdded,
    /// `org_admin_remove`
    AdminsRemoved,
    /// `org_dept_create`
    DepartmentsCreated,
    /// `org_dept_modify`
    DepartmentsChanged,
    /// `org_dept_remove`
    DepartmentsRemoved,
    /// `org_change`: name, address and the like.
    OrganisationChanged,
    /// `org_remove`
    OrganisationRemoved,
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
    /// For [`DirectoryMove::Changed`], the names of the fields that differ (`name`, `telephone`, …), where the platform says.
    pub fields: BTreeSet<String>,
}

impl DirectoryChange {
    pub(super) fn read(kind: &str, fields: Fields<'_>) -> Option<Self> {
        let change = match kind {
            "user_add_org" => DirectoryMove::Joined,
            "user_leave_org" => DirectoryMove::Left,
            "user_modify_org" => DirectoryMove::Changed,
            "user_active_org" => DirectoryMove::Activated,
            "org_admin_add" => DirectoryMove::AdminsAdded,
            "org_admin_remove" => DirectoryMove::AdminsRemoved,
            "org_dept_create" => DirectoryMove::DepartmentsCreated,
            "org_dept_modify" => DirectoryMove::DepartmentsChanged,
            "org_dept_remove" => DirectoryMove::DepartmentsRemoved,
            "org_change" => DirectoryMove::OrganisationChanged,
            "org_remove" => DirectoryMove::OrganisationRemoved,
            _ => return None,
        };
        Some(Self {
            change,
            users: fields.all_parsed("userid"),
            departments: fields.all_parsed("deptid").into_iter().map(DeptId).collect(),
            fields: differing(fields.each("diffinfo")),
        })
    }
}

/// One difference, or a list of them with one for each person.
fn differing(differences: &[Value<'_>]) -> BTreeSet<String> {
    let names = |difference| {
        let sides = Fields::of(difference)?;
        let of = |side| sides.get(side).and_then(Value::as_object);
        let (before, after) = (of("prev"), of("curr"));
        let all = before.into_iter().chain(after).flat_map(ObjectAsVec::keys);
        let differs =
            |name: &&str| before.and_then(|side| side.get(name)) != after.and_then(|side| side.get(name));
        let names = all.filter(differs).map(str::to_owned);
        Some(names.collect::<Vec<_>>())
    };
    differences.iter().filter_map(names).flatten().collect()
}
