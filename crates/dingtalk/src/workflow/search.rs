//! Finding instances: pages of ids inside windows of time, as one stream.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{Stream, TryStreamExt, stream};
use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{call::Workflow, instance::InstanceStatus};
use crate::{
    error::Error,
    ids::{InstanceId, ProcessCode, UserId},
    lenient,
};

/// The most ids in one page of a list.
pub const MOST_IDS: i64 = 20;
/// The most originators of one search.
const MOST_ORIGINATORS: usize = 10;
/// The widest window of one list.
const WINDOW: TimeDelta = TimeDelta::days(120);

/// `POST /v1.0/workflow/processes/instanceIds/query`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListRequest {
    /// Which form.
    pub process_code: ProcessCode,
    /// Created from here on, milliseconds; at most 365 days ago.
    pub start_time: i64,
    /// Created up to here, milliseconds; at most 120 days later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_time: Option<i64>,
    /// 0 at first.
    pub next_token: i64,
    /// At most 20.
    pub max_results: i64,
    /// Originators, at most 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub user_ids: Vec<UserId>,
    /// Only instances that stand here; none named means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<InstanceStatus>,
}

/// `POST /v1.0/workflow/processes/instanceIds/query`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ListAnswer {
    /// One page.
    pub result: ListResult,
}

/// A page of ids.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListResult {
    /// The ids.
    #[serde(default, deserialize_with = "lenient::list")]
    pub list: Vec<InstanceId>,
    /// Where it goes on; absent at the end. Answered as a text, asked for as a number.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub next_token: Option<i64>,
}

/// What to look for.
#[derive(Clone, Debug)]
pub struct Search {
    /// Which form.
    pub process_code: ProcessCode,
    /// Created from here on; the platform refuses more than 365 days ago.
    pub from: DateTime<Utc>,
    /// Created up to here.
    pub until: DateTime<Utc>,
    /// Originators, at most 10; everybody when empty.
    pub originators: Vec<UserId>,
    /// Only instances that stand here; all when empty.
    pub statuses: Vec<InstanceStatus>,
}

impl Search {
    /// The first page of each window, in the order of time. The platform's bounds are both inclusive, so windows do not touch.
    fn requests(&self) -> VecDeque<ListRequest> {
        let mut windows = VecDeque::new();
        let mut from = self.from;
        while from <= self.until {
            let until = self.until.min(from + WINDOW);
            windows.push_back(ListRequest {
                process_code: self.process_code.clone(),
                start_time: from.timestamp_millis(),
                end_time: Some(until.timestamp_millis()),
                next_token: 0,
                max_results: MOST_IDS,
                user_ids: self.originators.clone(),
                statuses: self.statuses.clone(),
            });
            from = until + TimeDelta::milliseconds(1);
        }
        windows
    }
}

impl<'a> Workflow<'a> {
    /// One page of ids, at most [`MOST_IDS`]. The window is at most 120 days wide, begins at most 365 days ago, and yields at most
    /// 10,000 ids over all its pages. Permission `Workflow.Instance.Read`; counted.
    pub async fn list_ids(&self, request: &ListRequest) -> Result<ListResult, Error> {
        let path = "/v1.0/workflow/processes/instanceIds/query";
        let answer: ListAnswer = self.0.api(Method::POST, path, &[], Some(request)).await?;
        Ok(answer.result)
    }

    /// The ids of all instances that match, window by window and page by page; each page is asked for when it is needed. Ends with
    /// the first error. Permission `Workflow.Instance.Read`; counted once a page.
    pub fn ids(&self, search: &Search) -> impl Stream<Item = Result<InstanceId, Error>> + use<'a> {
        let workflow = *self;
        let requests = if search.originators.len() > MOST_ORIGINATORS {
            Err(Error::NotSent("a search names at most 10 originators"))
        } else {
            Ok(search.requests())
        };
        let pages = stream::once(async { requests }).map_ok(move |requests| {
            stream::try_unfold(requests, move |mut requests| async move {
                let Some(request) = requests.pop_front() else { return Ok(None) };
                let page = workflow.list_ids(&request).await?;
                // A cursor that does not move would never end.
                if let Some(next) = page.next_token.filter(|next| *next > request.next_token) {
                    requests.push_front(ListRequest { next_token: next, ..request });
                }
                let ids = page.list.into_iter().map(Ok::<_, Error>);
                Ok::<_, Error>(Some((stream::iter(ids), requests)))
            })
        });
        pages.try_flatten().try_flatten()
    }

    /// All instances of a form that a person has made since a time, at most 120 days ago. Counted once a page.
    pub async fn created_since(
        &self,
        process_code: &ProcessCode,
        originator: &UserId,
        since: DateTime<Utc>,
    ) -> Result<Vec<InstanceId>, Error> {
        let mut request = ListRequest {
            process_code: process_code.clone(),
            start_time: since.timestamp_millis(),
            end_time: None,
            next_token: 0,
            max_results: MOST_IDS,
            user_ids: vec![originator.clone()],
            statuses: Vec::new(),
        };
        let mut ids = Vec::new();
        loop {
            let page = self.list_ids(&request).await?;
            ids.extend(page.list);
            match page.next_token {
                // A cursor that does not move would never end.
                Some(next) if next > request.next_token => request.next_token = next,
                _ => return Ok(ids),
            }
        }
    }
}
