//! Deciding a task, passing it on, asking somebody else beside it, and commenting.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{
    call::{LONGEST_REMARK, Workflow, short},
    file::Files,
    instance::InstanceResult,
};
use crate::{
    error::Error,
    ids::{InstanceId, UserId},
    lenient,
    sealed::shows,
};

/// Characters of a remark when a task is passed on.
const LONGEST_REDIRECT_REMARK: usize = 256;

/// `POST /v1.0/workflow/processInstances/execute`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExecuteRequest {
    /// Of which instance.
    pub process_instance_id: InstanceId,
    /// Which task.
    pub task_id: i64,
    /// Whose task it is.
    pub actioner_user_id: UserId,
    /// The decision.
    pub result: InstanceResult,
    /// At most 1024 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// Pictures and files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Files>,
}

shows!(ExecuteRequest: process_instance_id, task_id, actioner_user_id, result);

/// `POST /v1.0/workflow/tasks/redirect`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RedirectRequest {
    /// Which task.
    pub task_id: i64,
    /// Whose it becomes.
    pub to_user_id: UserId,
    /// Whose it is.
    pub operate_user_id: UserId,
    /// At most 256 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// The name of the step, at most 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action_name: Option<String>,
    /// Pictures and files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Files>,
}

shows!(RedirectRequest: task_id, to_user_id, operate_user_id);

/// Whether the added people decide before or after the one who adds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AddSignPlace {
    /// 前加签: first they, then the one who asked.
    Before,
    /// 后加签: after the one who asked.
    After,
}

/// How the added people decide together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddSign {
    /// 或签: the first decision counts.
    Any,
    /// 会签: everybody must agree.
    All,
    /// 依次审批: one after another; only where the step itself is one after another.
    OneByOne,
}

/// `POST /v1.0/workflow/premium/tasks/append`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddSignRequest {
    /// Of which instance.
    pub process_instance_id: InstanceId,
    /// Beside which task.
    pub task_id: i64,
    /// Whose task it is.
    pub operate_user_id: UserId,
    /// Who is asked too; not the one who asks.
    pub appender_user_ids: Vec<UserId>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// `ALL` at once or `ONE_BY_ONE`.
    pub activate_type: String,
    /// Before or after.
    #[serde(rename = "type")]
    pub place: AddSignPlace,
    /// Whether all must agree.
    pub agree_all: bool,
}

shows!(AddSignRequest: process_instance_id, task_id, operate_user_id, appender_user_ids, place);

/// `POST /v1.0/workflow/processInstances/comments`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CommentRequest {
    /// On which instance.
    pub process_instance_id: InstanceId,
    /// At most 1024 characters.
    pub text: String,
    /// In whose name.
    pub comment_user_id: UserId,
    /// Pictures and files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Files>,
}

shows!(CommentRequest: process_instance_id, comment_user_id);

/// What these calls answer.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct DoneAnswer {
    /// Whether it was done. For a decision the page says "true is agreed, false refused", so there it says nothing about success.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub result: bool,
}

impl Workflow<'_> {
    /// Decides a task in the name of the person whose it is. One decision need not end the instance. Permission
    /// `Workflow.Instance.Write`; counted.
    pub async fn decide(&self, request: &ExecuteRequest) -> Result<(), Error> {
        short(&request.remark, LONGEST_REMARK, "a remark has at most 1024 characters")?;
        request.file.as_ref().map_or(Ok(()), Files::check)?;
        let path = "/v1.0/workflow/processInstances/execute";
        self.0.api::<DoneAnswer>(Method::POST, path, &[], Some(request)).await.map(|_| ())
    }

    /// Passes a task on. Permission `Workflow.Instance.Write`; counted.
    pub async fn redirect(&self, request: &RedirectRequest) -> Result<(), Error> {
        short(&request.remark, LONGEST_REDIRECT_REMARK, "this remark has at most 256 characters")?;
        let step = request.action_name.as_deref().unwrap_or_default();
        short(step, 128, "the name of a step has at most 128 characters")?;
        request.file.as_ref().map_or(Ok(()), Files::check)?;
        let path = "/v1.0/workflow/tasks/redirect";
        let answer: DoneAnswer = self.0.api(Method::POST, path, &[], Some(request)).await?;
        Error::unless_done(answer.result, "the task was not passed on")
    }

    /// Asks more people beside a running task (加签). Only with OA 高级版: otherwise refused with `benefit.status.invalid`. Permission
    /// `Premium.Workflow.ReadWrite.All`; counted.
    pub async fn add_sign(&self, request: &AddSignRequest) -> Result<(), Error> {
        if request.appender_user_ids.is_empty() {
            return Err(Error::NotSent("nobody is added"));
        }
        if request.appender_user_ids.contains(&request.operate_user_id) {
            return Err(Error::NotSent("nobody adds themselves"));
        }
        let path = "/v1.0/workflow/premium/tasks/append";
        let answer: DoneAnswer = self.0.api(Method::POST, path, &[], Some(request)).await?;
        Error::unless_done(answer.result, "nobody was added")
    }

    /// Comments on an instance. Permission `Workflow.Instance.Write`; counted.
    pub async fn comment(&self, request: &CommentRequest) -> Result<(), Error> {
        short(&request.text, LONGEST_REMARK, "a comment has at most 1024 characters")?;
        request.file.as_ref().map_or(Ok(()), Files::check)?;
        let path = "/v1.0/workflow/processInstances/comments";
        let answer: DoneAnswer = self.0.api(Method::POST, path, &[], Some(request)).await?;
        Error::unless_done(answer.result, "the comment was not added")
    }
}

impl AddSignRequest {
    /// Asks people beside a task. The two fields that say how they decide together follow from `how`.
    pub fn new(
        (process_instance_id, task_id): (InstanceId, i64),
        operate_user_id: UserId,
        appender_user_ids: Vec<UserId>,
        place: AddSignPlace,
        how: AddSign,
    ) -> Self {
        let (activate_type, agree_all) = match how {
            AddSign::Any => ("ALL", false),
            AddSign::All => ("ALL", true),
            AddSign::OneByOne => ("ONE_BY_ONE", true),
        };
        Self {
            process_instance_id,
            task_id,
            operate_user_id,
            appender_user_ids,
            remark: String::new(),
            activate_type: activate_type.to_owned(),
            place,
            agree_all,
        }
    }
}
