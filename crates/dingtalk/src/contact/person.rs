//! One person. Pages: [查询用户详情](https://open.dingtalk.com/document/development/query-user-details),
//! [获取部门用户详情](https://open.dingtalk.com/document/development/queries-the-complete-information-of-a-department-user).

use serde::{Deserialize, Serialize};

use super::{Contact, Extension};
use crate::{
    error::Error,
    ids::{DeptId, RoleId, UnionId, UserId},
    lenient,
    sealed::shows,
};

/// `topapi/v2/user/get`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserRequest {
    /// Whom.
    pub userid: UserId,
}

/// A person as the directory shows them. Fields that the app may not see, and those without a value, are absent. Marked are
/// fields for which the app needs ¹ 企业员工手机号信息, ² 邮箱等个人信息.
#[expect(clippy::struct_excessive_bools, reason = "as the platform answers it")]
#[derive(Clone, Serialize, Deserialize)]
pub struct User {
    /// The person.
    pub userid: UserId,
    /// The same person across the developer's apps.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_id")]
    pub unionid: Option<UnionId>,
    /// Display name.
    #[serde(default)]
    pub name: String,
    /// A picture; absent while it is the default one.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub avatar: String,
    /// Country code of the number.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub state_code: String,
    /// ¹
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub mobile: String,
    /// The number is not shown to colleagues.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub hide_mobile: bool,
    /// Extension of the office.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub telephone: String,
    /// 工号, as free text.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub job_number: String,
    /// Post, as free text.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub title: String,
    /// ²
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub email: String,
    /// The organisation's mail.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub org_email: String,
    /// ²
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub work_place: String,
    /// ²
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub remark: String,
    /// The direct superior.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_id")]
    pub manager_userid: Option<UserId>,
    /// Departments of the person.
    #[serde(default, deserialize_with = "lenient::list")]
    pub dept_id_list: Vec<DeptId>,
    /// Place in each department; only when one person is read.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    pub dept_order_list: Vec<DepartmentOrder>,
    /// Whether they lead it; only when one person is read.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    pub leader_in_dept: Vec<DepartmentLead>,
    /// Leads the department whose people were listed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not", deserialize_with = "lenient::boolean")]
    pub leader: bool,
    /// Place in the department whose people were listed.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub dept_order: Option<i64>,
    /// Roles; only when one person is read.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "lenient::list")]
    pub role_list: Vec<PersonRole>,
    /// ² Fields that the organisation added.
    #[serde(default, skip_serializing_if = "Extension::is_empty")]
    pub extension: Extension,
    /// Joined the organisation, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub hired_date: Option<i64>,
    /// Has activated the login.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub active: bool,
    /// Has proved who they are.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub real_authed: bool,
    /// In executive mode: colleagues cannot reach them by number or DING.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub senior: bool,
    /// Administers the organisation.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub admin: bool,
    /// Owns the organisation.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub boss: bool,
    /// The account belongs to the organisation and not to the person.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub exclusive_account: bool,
}

shows!(User: userid, dept_id_list, active);

/// A place in a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentOrder {
    /// Where.
    pub dept_id: DeptId,
    /// The greater, the further in front.
    #[serde(deserialize_with = "lenient::number")]
    pub order: i64,
}

/// Whether somebody leads a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentLead {
    /// Which.
    pub dept_id: DeptId,
    /// Leads it.
    #[serde(deserialize_with = "lenient::boolean")]
    pub leader: bool,
}

/// A role of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRole {
    /// The role.
    pub id: RoleId,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// The group it is in.
    #[serde(default)]
    pub group_name: String,
}

impl Contact<'_> {
    /// One person. Refused with 60121 when there is no such person (any more), with 50002 when they are outside the contact
    /// scope. Permission `qyapi_get_member`.
    pub async fn user(&self, userid: &UserId) -> Result<User, Error> {
        self.0.oapi("/topapi/v2/user/get", &UserRequest { userid: userid.clone() }).await
    }
}
