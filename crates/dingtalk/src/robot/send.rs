//! Sending. A 200 is not delivery: people who were not reached come back in the report.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{message::RobotMessage, session::SessionMessage};
use crate::{
    Client,
    error::Error,
    ids::{RobotCode, UserId},
    lenient,
    sealed::shows,
};

/// Robot calls, by [`Client::robot`](crate::Client::robot).
#[derive(Clone, Copy, Debug)]
pub struct Robot<'a>(pub(crate) &'a Client);

/// The most recipients of one call (page of 2026-04; an older error text says 100).
pub const MOST_RECIPIENTS: usize = 20;

/// `POST /v1.0/robot/oToMessages/batchSend`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SendRequest {
    /// Which robot speaks.
    pub robot_code: RobotCode,
    /// At most 20.
    pub user_ids: Vec<UserId>,
    /// The template.
    pub msg_key: String,
    /// The template's fields, as a JSON text.
    pub msg_param: String,
}

shows!(SendRequest: robot_code, user_ids, msg_key);

/// `POST /v1.0/robot/oToMessages/batchSend`, answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SendReport {
    /// For asking who has read it, within 24 hours.
    #[serde(default)]
    pub process_query_key: String,
    /// Not people of this organisation, or out of the app's reach.
    #[serde(default, deserialize_with = "lenient::list")]
    pub invalid_staff_id_list: Vec<UserId>,
    /// Got too many messages; try them again later.
    #[serde(default, deserialize_with = "lenient::list")]
    pub flow_controlled_staff_id_list: Vec<UserId>,
}

/// What a session webhook answers.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SessionAnswer {
    /// 0 is success.
    #[serde(deserialize_with = "lenient::number")]
    pub errcode: i64,
}

/// The template that the message fits.
pub(super) fn template(message: &RobotMessage) -> Result<&'static str, Error> {
    message.key().ok_or(Error::NotSent("a card has one to five buttons"))
}

impl Robot<'_> {
    /// The same message to at most [`MOST_RECIPIENTS`] people. There is no idempotency key: after [`Error::Unknown`] the message
    /// may have arrived. Permission `qyapi_robot_sendmsg`; counted in the monthly quota, once for each call.
    pub async fn send_to_people(&self, to: &[UserId], message: &RobotMessage) -> Result<SendReport, Error> {
        if to.is_empty() || to.len() > MOST_RECIPIENTS {
            return Err(Error::NotSent("a robot message goes to 1 to 20 people"));
        }
        let key = template(message)?;
        let request = SendRequest {
            robot_code: self.0.config().robot_code.clone(),
            user_ids: to.to_vec(),
            msg_key: key.to_owned(),
            msg_param: message.param().to_string(),
        };
        self.0.api(Method::POST, "/v1.0/robot/oToMessages/batchSend", &[], Some(&request)).await
    }

    /// Answers in the session that a person's message opened, alone or in a group. The webhook works for about 90 minutes, says
    /// itself until when, and is called only if it belongs to the platform's hosts. Pictures, recordings, films and files do not go
    /// this way: [`Error::NotSent`].
    pub async fn answer(&self, session_webhook: &str, message: RobotMessage) -> Result<(), Error> {
        self.answer_as(session_webhook, &SessionMessage::try_from(message)?).await
    }

    /// The same with everything that a webhook can say besides: mentions in a group, and a list of pictures with links.
    pub async fn answer_as(&self, session_webhook: &str, message: &SessionMessage) -> Result<(), Error> {
        message.check()?;
        self.0.webhook::<SessionAnswer>(session_webhook, message).await.map(|_| ())
    }
}
