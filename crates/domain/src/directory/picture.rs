//! The directory at one moment: as the platform shows it, or as our rows have it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::ids::{AccountId, DepartmentId};

/// Everybody and every department.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// Logins in the tenant.
    pub people: BTreeMap<AccountId, Entry>,
    /// Departments, the root among them.
    pub departments: BTreeMap<DepartmentId, Department>,
}

/// A login.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The name in the directory.
    pub name: String,
    /// The id across tenants, if known.
    pub unionid: Option<String>,
    /// Departments. The platform puts everybody into one at least; none means that nobody has looked yet.
    pub departments: BTreeSet<DepartmentId>,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("departments", &self.departments).finish_non_exhaustive()
    }
}

/// A department.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Department {
    /// Its name.
    pub name: String,
    /// Its parent; the root has none.
    pub parent: Option<DepartmentId>,
}
