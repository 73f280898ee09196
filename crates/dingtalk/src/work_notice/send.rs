//! To whom a work notice goes, and sending it.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{check, message::NoticeMessage};
use crate::{
    Client,
    commas::Commas,
    error::Error,
    ids::{AgentId, DeptId, UserId},
    lenient,
    sealed::shows,
};

/// Work notice calls, by [`Client::work_notices`](crate::Client::work_notices).
#[derive(Clone, Copy, Debug)]
pub struct WorkNotices<'a>(pub(crate) &'a Client);

/// The most people that one call names.
pub const MOST_RECIPIENTS: usize = 100;

/// The most departments that one call names.
pub const MOST_DEPARTMENTS: usize = 20;

/// To whom a work notice goes. At most 5,000 people get it, however they are addressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// People and departments together.
    Listed {
        /// At most [`MOST_RECIPIENTS`].
        people: Vec<UserId>,
        /// At most [`MOST_DEPARTMENTS`]; everybody in them and in the departments below them.
        departments: Vec<DeptId>,
    },
    /// The whole organisation; the platform takes three such notices a day and refuses the fourth with 41045.
    Everybody,
}

impl Audience {
    /// These people.
    pub fn people(people: &[UserId]) -> Self {
        Self::Listed { people: people.to_vec(), departments: Vec::new() }
    }

    /// Everybody of these departments, those below them included.
    pub fn departments(departments: &[DeptId]) -> Self {
        Self::Listed { people: Vec::new(), departments: departments.to_vec() }
    }
}

/// `asyncsend_v2`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeRequest {
    /// The app.
    pub agent_id: AgentId,
    /// At most 100 ids, separated by commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub userid_list: Option<Commas<UserId>>,
    /// At most 20 ids, separated by commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dept_id_list: Option<Commas<DeptId>>,
    /// The whole organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_all_user: Option<bool>,
    /// The message.
    pub msg: NoticeMessage,
}

shows!(NoticeRequest: agent_id);

impl NoticeRequest {
    fn new(agent_id: AgentId, to: &Audience, msg: NoticeMessage) -> Self {
        let (userid_list, dept_id_list, to_all_user) = match to {
            Audience::Listed { people, departments } => (
                (!people.is_empty()).then(|| people.clone().into()),
                (!departments.is_empty()).then(|| departments.clone().into()),
                None,
            ),
            Audience::Everybody => (None, None, Some(true)),
        };
        Self { agent_id, userid_list, dept_id_list, to_all_user, msg }
    }
}

/// `asyncsend_v2`, answer. Says only that the notice is queued.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NoticeAnswer {
    /// For asking what became of it, within 24 hours.
    #[serde(deserialize_with = "lenient::number")]
    pub task_id: i64,
}

impl WorkNotices<'_> {
    /// Queues a notice for these people; [`Self::send_to`] says what holds for it.
    pub async fn send(&self, to: &[UserId], msg: NoticeMessage) -> Result<NoticeAnswer, Error> {
        self.send_to(&Audience::people(to), msg).await
    }

    /// Queues a notice. The platform delivers it afterwards and leaves some people out without a word: those who got the same
    /// content from the app today, who got 500 notices today, and all beyond 5,000 in a minute. [`Self::result`] names them, so a
    /// message carries a date or a number. There is no idempotency key, but the same content to the same person does not come
    /// twice on one day: after [`Error::Unknown`] it may be sent again.
    ///
    /// # Errors
    ///
    /// [`Error::NotSent`] for nobody, too many, or a message beyond the limits of its type.
    pub async fn send_to(&self, to: &Audience, msg: NoticeMessage) -> Result<NoticeAnswer, Error> {
        check::audience(to)?;
        check::message(&msg, to)?;
        let request = NoticeRequest::new(self.0.config().agent_id, to, msg);
        let path = "/topapi/message/corpconversation/asyncsend_v2";
        self.0.oapi_flat(Method::POST, path, Some(&request)).await
    }
}
