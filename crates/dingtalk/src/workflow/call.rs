//! Creating, reading, finding and withdrawing approval instances.

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::instance::{GetAnswer, Instance, InstanceStatus, NewInstance};
use crate::{
    Client,
    error::Error,
    ids::{InstanceId, ProcessCode, UserId},
    lenient,
    sealed::shows,
};

/// Approval calls.
#[derive(Clone, Copy, Debug)]
pub struct Workflow<'a>(pub(crate) &'a Client);

/// The most ids in one page of a list.
pub const MOST_IDS: i64 = 20;

/// `POST /v1.0/workflow/processInstances`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateAnswer {
    /// The new instance.
    pub instance_id: InstanceId,
}

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

/// `POST /v1.0/workflow/processInstances/terminate`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TerminateRequest {
    /// Which.
    pub process_instance_id: InstanceId,
    /// Withdrawn by the system, not by its originator.
    pub is_system: bool,
    /// The originator, required unless the system withdraws.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operating_user_id: Option<UserId>,
    /// At most 1024 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

shows!(TerminateRequest: process_instance_id, is_system, operating_user_id);

/// `POST /v1.0/workflow/processInstances/terminate`, answer.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TerminateAnswer {
    /// Whether it was withdrawn; a success of the call can say that it was not.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub result: bool,
}

impl Workflow<'_> {
    /// Makes an instance. There is no idempotency key: after [`Error::Unknown`] look with [`Self::created_since`] before making
    /// another. Permission `Workflow.Instance.Write`; counted.
    pub async fn create(&self, new: &NewInstance) -> Result<InstanceId, Error> {
        let answer: CreateAnswer =
            self.0.api(Method::POST, "/v1.0/workflow/processInstances", &[], Some(new)).await?;
        Ok(answer.instance_id)
    }

    /// Reads an instance. Permission `Workflow.Instance.Read`; counted.
    pub async fn get(&self, id: &InstanceId) -> Result<Instance, Error> {
        let query = [("processInstanceId", id.to_string())];
        let answer: GetAnswer =
            self.0.api(Method::GET, "/v1.0/workflow/processInstances", &query, None::<&Value>).await?;
        Ok(answer.result)
    }

    /// One page of ids, at most [`MOST_IDS`]. The window is at most 120 days wide, begins at most 365 days ago, and yields at most
    /// 10,000 ids over all its pages. Permission `Workflow.Instance.Read`; counted.
    pub async fn list_ids(&self, request: &ListRequest) -> Result<ListResult, Error> {
        let path = "/v1.0/workflow/processes/instanceIds/query";
        let answer: ListAnswer = self.0.api(Method::POST, path, &[], Some(request)).await?;
        Ok(answer.result)
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

    /// Withdraws an instance in the name of its originator. Refused within 15 s of its start, when it has ended, and when its form does
    /// not allow the originator to withdraw (a switch in the form's advanced settings). Permission `Workflow.Instance.Write`; counted.
    pub async fn terminate(&self, id: &InstanceId, originator: &UserId, remark: &str) -> Result<(), Error> {
        let request = TerminateRequest {
            process_instance_id: id.clone(),
            is_system: false,
            operating_user_id: Some(originator.clone()),
            remark: remark.to_owned(),
        };
        let path = "/v1.0/workflow/processInstances/terminate";
        let answer: TerminateAnswer = self.0.api(Method::POST, path, &[], Some(&request)).await?;
        if answer.result { Ok(()) } else { Err(not_withdrawn()) }
    }
}

/// The call succeeded, the withdrawal did not, and the platform gives no code for it.
fn not_withdrawn() -> Error {
    Error::Refused {
        code: "result.false".to_owned(),
        message: "the instance was not withdrawn".to_owned(),
        request_id: String::new(),
        required_scopes: Vec::new(),
    }
}
