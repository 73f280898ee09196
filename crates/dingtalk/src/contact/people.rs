//! People of a department. Pages:
//! [获取部门用户详情](https://open.dingtalk.com/document/development/queries-the-complete-information-of-a-department-user),
//! [获取部门用户基础信息](https://open.dingtalk.com/document/development/queries-the-simple-information-of-a-department-user),
//! [获取部门用户userid列表](https://open.dingtalk.com/document/development/query-the-list-of-department-userids).

use futures_util::{Stream, TryStreamExt};
use serde::{Deserialize, Serialize};

use super::{DepartmentsRequest, User};
use crate::{
    Client,
    error::Error,
    ids::{DeptId, UserId},
    lenient,
    page::{self, Page},
    sealed::shows,
};

/// Directory calls, by [`Client::contact`](crate::Client::contact).
#[derive(Clone, Copy, Debug)]
pub struct Contact<'a>(pub(crate) &'a Client);

/// In which order people of a department are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserOrder {
    /// Who came first.
    EntryAsc,
    /// Who came last.
    EntryDesc,
    /// Whose entry was changed longest ago.
    ModifyAsc,
    /// Whose entry was changed last.
    ModifyDesc,
    /// As the organisation arranged them; the platform's default.
    Custom,
}

/// `topapi/v2/user/list` and `topapi/user/listsimple`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserListRequest {
    /// This department only, not those below it.
    pub dept_id: DeptId,
    /// 0 at first, then `next_cursor`.
    pub cursor: i64,
    /// At most 100.
    pub size: i64,
    /// The order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_field: Option<UserOrder>,
}

/// `topapi/v2/user/list`, result.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UserPage {
    /// Is there more?
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub has_more: bool,
    /// Where it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub next_cursor: Option<i64>,
    /// People of this page.
    #[serde(default, deserialize_with = "lenient::list")]
    pub list: Vec<User>,
}

/// `topapi/user/listsimple`, result.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonNamePage {
    /// Is there more?
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub has_more: bool,
    /// Where it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub next_cursor: Option<i64>,
    /// People of this page.
    #[serde(default, deserialize_with = "lenient::list")]
    pub list: Vec<PersonName>,
}

/// Somebody by name.
#[derive(Clone, Serialize, Deserialize)]
pub struct PersonName {
    /// The person.
    pub userid: UserId,
    /// Display name.
    #[serde(default)]
    pub name: String,
}

shows!(PersonName: userid);

/// `topapi/user/listid`, result.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct UserIds {
    /// Everybody of the department.
    #[serde(default, deserialize_with = "lenient::list")]
    pub userid_list: Vec<UserId>,
}

/// The most people in one page.
const PAGE: i64 = 100;

impl<'a> Contact<'a> {
    /// Everybody of one department, not of those below it, page after page. Refused with 50004 outside the contact scope.
    /// Permission `qyapi_get_department_member`.
    pub fn people(&self, dept_id: DeptId) -> impl Stream<Item = Result<User, Error>> + 'a {
        let client = self.0;
        page::stream(move |cursor| async move {
            let request = UserListRequest { dept_id, cursor, size: PAGE, order_field: None };
            let page: UserPage = client.oapi("/topapi/v2/user/list", &request).await?;
            Ok(Page { items: page.list, next: page.next_cursor.filter(|_| page.has_more) })
        })
    }

    /// [`Self::people`], collected.
    pub async fn users(&self, dept_id: DeptId) -> Result<Vec<User>, Error> {
        self.people(dept_id).try_collect().await
    }

    /// One page of [`Self::people`], in an order of the caller's choice.
    pub async fn user_page(&self, request: &UserListRequest) -> Result<UserPage, Error> {
        self.0.oapi("/topapi/v2/user/list", request).await
    }

    /// Ids and names of one department. Permission `qyapi_get_department_member`.
    pub fn names(&self, dept_id: DeptId) -> impl Stream<Item = Result<PersonName, Error>> + 'a {
        let client = self.0;
        page::stream(move |cursor| async move {
            let request = UserListRequest { dept_id, cursor, size: PAGE, order_field: None };
            let page: PersonNamePage = client.oapi("/topapi/user/listsimple", &request).await?;
            Ok(Page { items: page.list, next: page.next_cursor.filter(|_| page.has_more) })
        })
    }

    /// Ids of one department, in one answer, whatever the contact scope. Permission `qyapi_get_member`.
    pub async fn user_ids(&self, dept_id: DeptId) -> Result<Vec<UserId>, Error> {
        let ids: UserIds = self.0.oapi("/topapi/user/listid", &DepartmentsRequest { dept_id }).await?;
        Ok(ids.userid_list)
    }
}
