//! Searching by name, the only calls of the directory on the new host. Permission `qyapi_addresslist_search`. Pages:
//! [搜索用户userId](https://open.dingtalk.com/document/development/address-book-search-user-id),
//! [搜索部门ID](https://open.dingtalk.com/document/development/address-book-search-department-id).

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::Contact;
use crate::{
    error::Error,
    ids::{DeptId, UserId},
    lenient,
    sealed::shows,
};

/// `POST /v1.0/contact/users/search`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonSearch {
    /// A name, its pinyin, or an English name.
    pub query_word: String,
    /// Number of the page, from 0.
    pub offset: i64,
    /// Hits in a page.
    pub size: i64,
    /// 1 finds only exactly this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_match_field: Option<i64>,
}

shows!(PersonSearch: offset, size, full_match_field);

/// `POST /v1.0/contact/departments/search`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DepartmentSearch {
    /// A name or its pinyin.
    pub query_word: String,
    /// Number of the page, from 0.
    pub offset: i64,
    /// Hits in a page.
    pub size: i64,
}

/// One page of what was found.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "T: Deserialize<'de>"))]
pub struct Hits<T> {
    /// Is there another page?
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub has_more: bool,
    /// Hits in all pages.
    #[serde(default, deserialize_with = "lenient::number")]
    pub total_count: i64,
    /// Ids of this page.
    #[serde(default = "Vec::new", deserialize_with = "lenient::list")]
    pub list: Vec<T>,
}

impl Contact<'_> {
    /// People by name, pinyin or English name, one page of their user ids; [`Hits::has_more`] says whether to ask for the next. Permission
    /// `qyapi_addresslist_search`; counted, unlike the rest of the directory.
    pub async fn search_users(&self, search: &PersonSearch) -> Result<Hits<UserId>, Error> {
        self.0.api(Method::POST, "/v1.0/contact/users/search", &[], Some(search)).await
    }

    /// Departments by name or pinyin, one page of their ids. Permission `qyapi_addresslist_search`; counted.
    pub async fn search_departments(&self, search: &DepartmentSearch) -> Result<Hits<DeptId>, Error> {
        self.0.api(Method::POST, "/v1.0/contact/departments/search", &[], Some(search)).await
    }
}
