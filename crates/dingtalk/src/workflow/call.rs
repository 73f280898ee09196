//! Making, reading and withdrawing approval instances.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    create::{CreateAnswer, NewInstance},
    instance::{GetAnswer, Instance},
};
use crate::{
    Client,
    error::Error,
    ids::{InstanceId, UserId},
    lenient,
    sealed::shows,
};

/// Approval calls, by [`Client::workflow`](crate::Client::workflow).
#[derive(Clone, Copy, Debug)]
pub struct Workflow<'a>(pub(crate) &'a Client);

/// Characters of a remark with a decision, a withdrawal or a comment.
pub(super) const LONGEST_REMARK: usize = 1024;

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

/// `GET /v1.0/workflow/processes/todoTasks/numbers`, answer.
#[derive(Clone, Copy, Debug, Deserialize)]
struct NumberAnswer {
    #[serde(deserialize_with = "lenient::number")]
    result: i64,
}

impl Workflow<'_> {
    /// Makes an instance. There is no idempotency key: after [`Error::Unknown`] look with [`Self::created_since`] before making
    /// another. Not sent when it is over a documented limit. Permission `Workflow.Instance.Write`; counted.
    pub async fn create(&self, new: &NewInstance) -> Result<InstanceId, Error> {
        new.check()?;
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

    /// Withdraws an instance in the name of its originator. Refused within 15 s of its start, when it has ended, and when its form does
    /// not allow the originator to withdraw (a switch in the form's advanced settings). Permission `Workflow.Instance.Write`; counted.
    pub async fn terminate(&self, id: &InstanceId, originator: &UserId, remark: &str) -> Result<(), Error> {
        self.withdraw(id, Some(originator), remark).await
    }

    /// Ends an instance as the system, in nobody's name: not within 15 s of its start, not when it has ended. The remark has at most 1024
    /// characters and stands in its record. Permission `Workflow.Instance.Write`; counted.
    pub async fn terminate_as_system(&self, id: &InstanceId, remark: &str) -> Result<(), Error> {
        self.withdraw(id, None, remark).await
    }

    /// How many tasks wait for a person, in all forms of the organisation. Permission `Workflow.Instance.Read`; counted.
    pub async fn waiting_tasks(&self, person: &UserId) -> Result<i64, Error> {
        let query = [("userId", person.to_string())];
        let path = "/v1.0/workflow/processes/todoTasks/numbers";
        let answer: NumberAnswer = self.0.api(Method::GET, path, &query, None::<&Value>).await?;
        Ok(answer.result)
    }

    async fn withdraw(
        &self,
        id: &InstanceId,
        originator: Option<&UserId>,
        remark: &str,
    ) -> Result<(), Error> {
        short(remark, LONGEST_REMARK, "a remark has at most 1024 characters")?;
        let request = TerminateRequest {
            process_instance_id: id.clone(),
            is_system: originator.is_none(),
            operating_user_id: originator.cloned(),
            remark: remark.to_owned(),
        };
        let path = "/v1.0/workflow/processInstances/terminate";
        let answer: TerminateAnswer = self.0.api(Method::POST, path, &[], Some(&request)).await?;
        Error::unless_done(answer.result, "the instance was not withdrawn")
    }
}

/// Not sent when a text has too many characters.
pub(super) fn short(text: &str, most: usize, otherwise: &'static str) -> Result<(), Error> {
    if text.chars().count() > most { Err(Error::NotSent(otherwise)) } else { Ok(()) }
}
