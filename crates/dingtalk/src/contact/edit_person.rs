//! Adding, changing and removing people. Every call: permission `qyapi_manage_addresslist`. Pages:
//! [创建用户](https://open.dingtalk.com/document/development/user-information-creation),
//! [更新用户信息](https://open.dingtalk.com/document/development/user-information-update),
//! [删除用户](https://open.dingtalk.com/document/development/delete-a-user).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Commas, Contact, DepartmentOrder, Extension, ExtensionMode, UserRequest};
use crate::{
    error::Error,
    ids::{DeptId, UnionId, UserId},
    sealed::shows,
};

/// The most departments of one person in a call.
pub(crate) const MOST_DEPARTMENTS: usize = 100;

/// `topapi/v2/user/create`, request. [`NewPerson::named`] sets what must be there.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// At most 64 characters, for good; the platform makes one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub userid: Option<UserId>,
    /// At most 80 characters.
    pub name: String,
    /// Of nobody else; outside the mainland `+xx-…`.
    pub mobile: String,
    /// At most 100.
    pub dept_id_list: Commas<DeptId>,
    /// Does not show the number to colleagues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hide_mobile: Option<bool>,
    /// At most 50 characters; of nobody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// At most 50 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_number: Option<String>,
    /// At most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// At most 50 characters; of nobody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// At most 100 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_place: Option<String>,
    /// At most 2000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Place in departments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dept_order_list: Vec<DepartmentOrder>,
    /// Post in single departments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dept_title_list: Vec<DepartmentTitle>,
    /// Added fields.
    #[serde(default, skip_serializing_if = "Extension::is_empty")]
    pub extension: Extension,
    /// Executive mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub senior_mode: Option<bool>,
    /// Milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hired_date: Option<i64>,
    /// The direct superior.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager_userid: Option<UserId>,
}

shows!(NewPerson: userid, dept_id_list);

/// A post in one department.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepartmentTitle {
    /// Where.
    pub dept_id: DeptId,
    /// The post.
    pub title: String,
}

shows!(DepartmentTitle: dept_id);

impl NewPerson {
    /// Somebody with a number, in departments.
    pub fn named(name: &str, mobile: &str, departments: Vec<DeptId>) -> Self {
        Self {
            userid: None,
            name: name.to_owned(),
            mobile: mobile.to_owned(),
            dept_id_list: Commas(departments),
            hide_mobile: None,
            telephone: None,
            job_number: None,
            title: None,
            email: None,
            work_place: None,
            remark: None,
            dept_order_list: Vec::new(),
            dept_title_list: Vec::new(),
            extension: Extension::default(),
            senior_mode: None,
            hired_date: None,
            manager_userid: None,
        }
    }
}

/// `topapi/v2/user/create`, result.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewPersonId {
    /// The new person.
    pub userid: UserId,
    /// The same person across the developer's apps.
    #[serde(default, rename = "unionId", skip_serializing_if = "Option::is_none")]
    pub union_id: Option<UnionId>,
}

/// `topapi/v2/user/update`, request: what is absent stays. The number cannot be changed here.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    /// At most 80 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Replaces all departments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dept_id_list: Option<Commas<DeptId>>,
    /// Does not show the number to colleagues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hide_mobile: Option<bool>,
    /// At most 50 characters; of nobody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// At most 50 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_number: Option<String>,
    /// At most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// At most 50 characters; of nobody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// At most 100 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_place: Option<String>,
    /// At most 2000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Place in departments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dept_order_list: Vec<DepartmentOrder>,
    /// Added fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// What becomes of the added fields that `extension` does not name; without it they are cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ext_attrs_update_mode: Option<ExtensionMode>,
    /// Executive mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub senior_mode: Option<bool>,
    /// Milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hired_date: Option<i64>,
    /// The direct superior.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager_userid: Option<UserId>,
    /// `manager_userid` takes the superior away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force_update_fields: Option<String>,
}

shows!(PersonChange: dept_id_list, ext_attrs_update_mode);

/// A change with the one it is for.
#[derive(Serialize)]
struct PersonUpdate<'a> {
    userid: &'a UserId,
    #[serde(flatten)]
    change: &'a PersonChange,
}

impl Contact<'_> {
    /// Adds somebody. Refused with 60102 or 60104 when the userid or the number is taken, 50004 outside the contact scope.
    pub async fn create_user(&self, new: &NewPerson) -> Result<NewPersonId, Error> {
        if new.dept_id_list.0.is_empty() || new.dept_id_list.0.len() > MOST_DEPARTMENTS {
            return Err(Error::NotSent("a person is in 1 to 100 departments"));
        }
        self.0.oapi("/topapi/v2/user/create", new).await
    }

    /// Changes somebody. Added fields that are not named are cleared, unless the change says [`ExtensionMode::Merge`].
    pub async fn update_user(&self, userid: &UserId, change: &PersonChange) -> Result<(), Error> {
        self.0.oapi("/topapi/v2/user/update", &PersonUpdate { userid, change }).await.map(|_: Value| ())
    }

    /// Takes somebody out of the organisation. Refused with 33012 when there is no such person.
    pub async fn delete_user(&self, userid: &UserId) -> Result<(), Error> {
        let request = UserRequest { userid: userid.clone() };
        self.0.oapi("/topapi/v2/user/delete", &request).await.map(|_: Value| ())
    }
}
