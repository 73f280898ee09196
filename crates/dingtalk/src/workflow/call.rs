//! Creating, reading, finding and withdrawing approval instances.

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::instance::{GetAnswer, Instance, NewInstance, id_query};
use crate::{
    Client,
    error::Error,
    ids::{InstanceId, ProcessCode, UserId},
    lenient,
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
    /// Where it goes on; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<Value>,
}

/// `POST /v1.0/workflow/processInstances/terminate`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
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

/// `POST /v1.0/workflow/processInstances/terminate`, answer.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TerminateAnswer {
    /// Done.
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
        let query = id_query(id);
        let answer: GetAnswer =
            self.0.api(Method::GET, "/v1.0/workflow/processInstances", &query, None::<&Value>).await?;
        Ok(answer.result)
    }

    /// All instances of a form that a person has made since a time. Permission `Workflow.Instance.Read`; counted once a page.
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
        };
        let mut ids = Vec::new();
        loop {
            let path = "/v1.0/workflow/processes/instanceIds/query";
            let answer: ListAnswer = self.0.api(Method::POST, path, &[], Some(&request)).await?;
            ids.extend(answer.result.list);
            let next = answer.result.next_token.as_ref().and_then(|token| match token {
                Value::Number(number) => number.as_i64(),
                Value::String(text) => text.parse().ok(),
                _ => None,
            });
            match next {
                Some(next) if next > request.next_token => request.next_token = next,
                _ => return Ok(ids),
            }
        }
    }

    /// Withdraws an instance in the name of its originator. Not within 15 s of its start. Permission `Workflow.Instance.Write`.
    pub async fn terminate(&self, id: &InstanceId, originator: &UserId, remark: &str) -> Result<(), Error> {
        let request = TerminateRequest {
            process_instance_id: id.clone(),
            is_system: false,
            operating_user_id: Some(originator.clone()),
            remark: remark.to_owned(),
        };
        let path = "/v1.0/workflow/processInstances/terminate";
        self.0.api::<TerminateAnswer>(Method::POST, path, &[], Some(&request)).await.map(|_| ())
    }
}
