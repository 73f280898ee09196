//! Where people checked in (签到) with the client's own app, on the old host. Coordinates and places are about people: nothing of them is in
//! `Debug`.
//!
//! Pages: [获取用户签到记录](https://open.dingtalk.com/document/development/obtain-the-check-in-records-of-multiple-users),
//! [获取部门用户签到记录](https://open.dingtalk.com/document/development/get-check-in-data).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Client,
    error::Error,
    ids::{DeptId, UserId},
    lenient,
    sealed::shows,
};

/// Check-in calls, by [`Client::check_ins`](crate::Client::check_ins).
#[derive(Clone, Copy, Debug)]
pub struct CheckIns<'a>(pub(crate) &'a Client);

/// The most people of one request, and the widest windows: of one person, of several, of a department.
pub(crate) const MOST_PEOPLE: usize = 10;
const ONE_PERSON: TimeDelta = TimeDelta::days(10);
const SEVERAL: TimeDelta = TimeDelta::days(1);
const DEPARTMENT: TimeDelta = TimeDelta::days(45);
const PAGE: i64 = 100;

/// `topapi/checkin/record/get`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordsRequest {
    /// At most 10, separated by commas.
    pub userid_list: String,
    /// Milliseconds.
    pub start_time: i64,
    /// Milliseconds; at most 10 days later for one person, one day for several.
    pub end_time: i64,
    /// 0 at first.
    pub cursor: i64,
    /// At most 100.
    pub size: i64,
}

/// `topapi/checkin/record/get`, result.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RecordsPage {
    /// Where it goes on; absent or null at the end.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub next_cursor: Option<i64>,
    /// Records of this page.
    #[serde(default, deserialize_with = "lenient::list")]
    pub page_list: Vec<CheckIn>,
}

/// One check-in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// Who. The department's list calls it `userId`.
    #[serde(alias = "userId")]
    pub userid: UserId,
    /// When, milliseconds; the department's list calls it `timestamp`.
    #[serde(alias = "timestamp", deserialize_with = "lenient::number")]
    pub checkin_time: i64,
    /// The name of the place.
    #[serde(default, deserialize_with = "lenient::text")]
    pub place: String,
    /// Its address.
    #[serde(default, alias = "detailPlace", deserialize_with = "lenient::text")]
    pub detail_place: String,
    /// What the person wrote.
    #[serde(default, deserialize_with = "lenient::text")]
    pub remark: String,
    /// Degrees, as a text.
    #[serde(default, deserialize_with = "lenient::text")]
    pub longitude: String,
    /// Degrees, as a text.
    #[serde(default, deserialize_with = "lenient::text")]
    pub latitude: String,
    /// Addresses of pictures.
    #[serde(
        default,
        alias = "imageList",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "lenient::list"
    )]
    pub image_list: Vec<String>,
    /// Whom the person visited: an external contact's user id, or a name.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub visit_user: String,
}

shows!(CheckIn: userid, checkin_time);

/// `checkin/record`, answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DepartmentPage {
    /// Records of this page.
    #[serde(default, deserialize_with = "lenient::list")]
    pub data: Vec<CheckIn>,
}

impl CheckIns<'_> {
    /// All check-ins of at most 10 people: one person's over at most 10 days, several people's over at most one. Permission
    /// `qyapi_base`; counted once a page of 100.
    pub async fn of_people(
        &self,
        people: &[UserId],
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<CheckIn>, Error> {
        let widest = if people.len() == 1 { ONE_PERSON } else { SEVERAL };
        if people.is_empty() || people.len() > MOST_PEOPLE {
            return Err(Error::NotSent("check-ins of 1 to 10 people are read at once"));
        }
        if until < from || until - from > widest {
            return Err(Error::NotSent(
                "one person's check-ins are read over 10 days, several people's over one",
            ));
        }
        let ids: Vec<_> = people.iter().map(UserId::as_str).collect();
        let mut request = RecordsRequest {
            userid_list: ids.join(","),
            start_time: from.timestamp_millis(),
            end_time: until.timestamp_millis(),
            cursor: 0,
            size: PAGE,
        };
        let mut records = Vec::new();
        loop {
            let page: RecordsPage = self.0.oapi("/topapi/checkin/record/get", &request).await?;
            records.extend(page.page_list);
            match page.next_cursor {
                // A cursor that does not move would never end.
                Some(next) if next > request.cursor => request.cursor = next,
                _ => return Ok(records),
            }
        }
    }

    /// All check-ins of a department and those below it over at most 45 days, oldest first. Permission `qyapi_checkin_read`; counted once
    /// a page of 100.
    pub async fn of_department(
        &self,
        department: DeptId,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<CheckIn>, Error> {
        if until < from || until - from > DEPARTMENT {
            return Err(Error::NotSent("a department's check-ins are read over at most 45 days"));
        }
        let mut records = Vec::new();
        loop {
            let query = [
                ("department_id", department.0.to_string()),
                ("start_time", from.timestamp_millis().to_string()),
                ("end_time", until.timestamp_millis().to_string()),
                ("offset", records.len().to_string()),
                ("size", PAGE.to_string()),
                ("order", "asc".to_owned()),
            ];
            let page: DepartmentPage = self.0.oapi_read("/checkin/record", &query).await?;
            let full = i64::try_from(page.data.len()).is_ok_and(|count| count >= PAGE);
            records.extend(page.data);
            if !full {
                return Ok(records);
            }
        }
    }
}
