//! What became of a work notice, taking it back, changing its state.

use reqwest::Method;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::send::WorkNotices;
use crate::{
    error::Error,
    ids::{AgentId, DeptId, UserId},
    lenient,
};

/// `getsendprogress` and `getsendresult`, request.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskRequest {
    /// The app.
    pub agent_id: AgentId,
    /// Which notice.
    pub task_id: i64,
}

/// `recall`, request.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecallRequest {
    /// The app.
    pub agent_id: AgentId,
    /// Which notice.
    pub msg_task_id: i64,
}

/// `status_bar/update`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusBarRequest {
    /// The app.
    pub agent_id: AgentId,
    /// Which notice.
    pub task_id: i64,
    /// The words.
    pub status_value: String,
    /// The ground, best as `0xFF` and six digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_bg: Option<String>,
}

/// `getsendprogress`, answer.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ProgressAnswer {
    /// How far it is.
    pub progress: Progress,
}

/// How far a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// 0 to 100.
    #[serde(deserialize_with = "lenient::number")]
    pub progress_in_percent: i64,
    /// Not begun, under way, done.
    pub status: ProgressStatus,
}

/// What the platform is doing with a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "i64", try_from = "Number")]
pub enum ProgressStatus {
    /// 0
    Queued,
    /// 1
    Running,
    /// 2
    Done,
}

#[derive(Deserialize)]
#[serde(transparent)]
struct Number(#[serde(deserialize_with = "lenient::number")] i64);

impl From<ProgressStatus> for i64 {
    fn from(status: ProgressStatus) -> Self {
        match status {
            ProgressStatus::Queued => 0,
            ProgressStatus::Running => 1,
            ProgressStatus::Done => 2,
        }
    }
}

impl TryFrom<Number> for ProgressStatus {
    type Error = &'static str;

    fn try_from(number: Number) -> Result<Self, &'static str> {
        match number.0 {
            0 => Ok(Self::Queued),
            1 => Ok(Self::Running),
            2 => Ok(Self::Done),
            _ => Err("a progress is 0, 1 or 2"),
        }
    }
}

/// `getsendresult`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResultAnswer {
    /// Who got it.
    pub send_result: SendResult,
}

/// What became of a notice for each who was to get it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendResult {
    /// Not people of this organisation.
    #[serde(default, deserialize_with = "lenient::list")]
    pub invalid_user_id_list: Vec<UserId>,
    /// Left out in silence; [`Self::forbidden_list`] says why.
    #[serde(default, deserialize_with = "lenient::list")]
    pub forbidden_user_id_list: Vec<UserId>,
    /// Could not be reached.
    #[serde(default, deserialize_with = "lenient::list")]
    pub failed_user_id_list: Vec<UserId>,
    /// Have read it.
    #[serde(default, deserialize_with = "lenient::list")]
    pub read_user_id_list: Vec<UserId>,
    /// Have it and have not read it.
    #[serde(default, deserialize_with = "lenient::list")]
    pub unread_user_id_list: Vec<UserId>,
    /// Not departments of this organisation.
    #[serde(default, deserialize_with = "lenient::list")]
    pub invalid_dept_id_list: Vec<DeptId>,
    /// Why people were left out.
    #[serde(default, deserialize_with = "lenient::list")]
    pub forbidden_list: Vec<Forbidden>,
}

/// Why somebody was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forbidden {
    /// The platform's code, see [`Self::reason`].
    #[serde(deserialize_with = "lenient::text")]
    pub code: String,
    /// The threshold that was passed.
    #[serde(deserialize_with = "lenient::number")]
    pub count: i64,
    /// Who.
    pub userid: UserId,
}

/// What a code of [`Forbidden`] means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForbiddenReason {
    /// 143103, 143104: more than 5,000 recipients within a minute. Send again later.
    TooManyAMinute,
    /// 143105: this person got 500 notices of the app today.
    TooManyADay,
    /// 143106: this person got the same content today.
    SameContent,
    /// 1430002: the content is forbidden.
    Content,
    /// Anything else, such as 1430004 (高管保护).
    Other,
}

impl Forbidden {
    /// What the code means.
    pub fn reason(&self) -> ForbiddenReason {
        match self.code.as_str() {
            "143103" | "143104" => ForbiddenReason::TooManyAMinute,
            "143105" => ForbiddenReason::TooManyADay,
            "143106" => ForbiddenReason::SameContent,
            "1430002" => ForbiddenReason::Content,
            _ => ForbiddenReason::Other,
        }
    }
}

#[derive(Deserialize)]
struct Nothing {}

impl WorkNotices<'_> {
    /// How far a notice of the last 24 hours is (the page speaks of seven days in one place and of 24 hours in another).
    pub async fn progress(&self, task_id: i64) -> Result<Progress, Error> {
        let answer: ProgressAnswer = self.ask("getsendprogress", &self.task(task_id)).await?;
        Ok(answer.progress)
    }

    /// Who got a notice of the last 24 hours and has read it. Not for more than 100 recipients: the platform times out.
    pub async fn result(&self, task_id: i64) -> Result<SendResult, Error> {
        let answer: ResultAnswer = self.ask("getsendresult", &self.task(task_id)).await?;
        Ok(answer.send_result)
    }

    /// Takes a notice of the last 24 hours back from everybody who has it. Refused with 400002 when there is no such notice.
    pub async fn recall(&self, task_id: i64) -> Result<(), Error> {
        let request = RecallRequest { agent_id: self.0.config().agent_id, msg_task_id: task_id };
        self.ask::<Nothing>("recall", &request).await.map(|_| ())
    }

    /// Changes the state of a form-like card that was sent with one. Refused with 41052 as long as the notice is being sent.
    pub async fn update_status(&self, task_id: i64, value: &str, ground: Option<&str>) -> Result<(), Error> {
        let request = StatusBarRequest {
            agent_id: self.0.config().agent_id,
            task_id,
            status_value: value.to_owned(),
            status_bg: ground.map(str::to_owned),
        };
        self.ask::<Nothing>("status_bar/update", &request).await.map(|_| ())
    }

    fn task(self, task_id: i64) -> TaskRequest {
        TaskRequest { agent_id: self.0.config().agent_id, task_id }
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        call: &str,
        request: &(impl Serialize + Sync),
    ) -> Result<T, Error> {
        let path = format!("/topapi/message/corpconversation/{call}");
        self.0.oapi_flat(Method::POST, &path, Some(request)).await
    }
}
