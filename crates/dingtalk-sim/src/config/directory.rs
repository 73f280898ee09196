//! Who is in the tenant, as the world file writes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A department. The root, 1, is always there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// `dept_id`.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// 1, the root, when absent.
    #[serde(default = "root")]
    pub parent: i64,
    /// Place among its siblings; the smallest stands first.
    #[serde(default)]
    pub order: Option<i64>,
    /// What another directory calls it.
    #[serde(default)]
    pub source_identifier: Option<String>,
}

fn root() -> i64 {
    crate::world::ROOT
}

/// Somebody in the directory. [`Person::named`] is the shortest.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The id within the organisation.
    pub userid: String,
    /// Their name.
    pub name: String,
    /// Follows from the seed when absent.
    #[serde(default)]
    pub unionid: Option<String>,
    /// Told only to an app with the field permission `fieldMobile`.
    #[serde(default)]
    pub mobile: Option<String>,
    /// 职位.
    #[serde(default)]
    pub title: Option<String>,
    /// 工号.
    #[serde(default)]
    pub job_number: Option<String>,
    /// Told only to an app with the field permission `fieldEmail`.
    #[serde(default)]
    pub email: Option<String>,
    /// Fields that the organisation added.
    #[serde(default)]
    pub extension: BTreeMap<String, String>,
    /// Where they belong; nowhere is allowed.
    #[serde(default)]
    pub departments: Vec<i64>,
    /// Departments this person leads.
    #[serde(default)]
    pub leads: Vec<i64>,
    /// What they administer; nothing when absent.
    #[serde(default)]
    pub admin: Option<AdminLevel>,
    /// Whether they have activated the app (已激活).
    #[serde(default = "yes")]
    pub active: bool,
}

impl Person {
    /// Somebody of whom only this is known, in no department.
    pub fn named(userid: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            userid: userid.into(),
            name: name.into(),
            unionid: None,
            mobile: None,
            title: None,
            job_number: None,
            email: None,
            extension: BTreeMap::new(),
            departments: Vec::new(),
            leads: Vec::new(),
            admin: None,
            active: true,
        }
    }
}

fn yes() -> bool {
    true
}

/// What somebody administers of the organisation.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum AdminLevel {
    /// 主管理员.
    Main,
    /// 子管理员.
    Sub,
}

/// A group of roles. The built-in one, 默认, is always there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleGroup {
    /// `groupId`.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// A role and who has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// `roleId`.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The group it belongs to.
    pub group: i64,
    /// Userids.
    #[serde(default)]
    pub members: Vec<String>,
}

/// A code that is known beforehand: for a test that cannot ask for one. It works once, and has no end.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// What the app is given.
    pub code: String,
    /// Whose it is.
    pub userid: String,
    /// For which sign-in it is good.
    #[serde(default)]
    pub kind: CodeKind,
}

/// Where a code comes from; none is good for another's call.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum CodeKind {
    /// A page in the container (免登).
    #[default]
    SignIn,
    /// The page of the browser's sign-in.
    Oauth,
    /// The back office.
    BackOffice,
}

/// What of the directory the app may see.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContactScope {
    /// With everything below them.
    pub departments: Vec<i64>,
    /// Userids, beside those of the departments.
    pub people: Vec<String>,
}
