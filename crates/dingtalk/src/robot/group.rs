//! Messages to a group in which the robot is. Page: 机器人发送群聊消息, 获取群内机器人列表.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{
    message::RobotMessage,
    send::{Robot, template},
};
use crate::{
    error::Error,
    ids::{ConversationId, RobotCode},
    lenient,
    sealed::shows,
};

/// The most bytes of `msgParam` to a group.
pub const MOST_PARAM_BYTES: usize = 15_000;

/// `POST /v1.0/robot/groupMessages/send`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupSendRequest {
    /// Which robot speaks.
    pub robot_code: RobotCode,
    /// In which group.
    pub open_conversation_id: ConversationId,
    /// The template.
    pub msg_key: String,
    /// The template's fields, as a JSON text of at most 15,000 bytes.
    pub msg_param: String,
}

shows!(GroupSendRequest: robot_code, open_conversation_id, msg_key);

/// `POST /v1.0/robot/groupMessages/send`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupSendAnswer {
    /// For asking who has read it, and for taking it back.
    pub process_query_key: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GroupRequest<'a> {
    open_conversation_id: &'a ConversationId,
}

/// `POST /v1.0/robot/groups/robots/query`, answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GroupRobots {
    /// The robots; 钉钉小秘书 and the like are left out by the platform.
    #[serde(rename = "chatbotInstanceVOList", default, deserialize_with = "lenient::list")]
    pub robots: Vec<GroupRobot>,
}

/// A robot in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRobot {
    /// Absent for webhook robots.
    #[serde(rename = "robotCode", default, skip_serializing_if = "Option::is_none")]
    pub robot_code: Option<RobotCode>,
    /// As the group sees it.
    #[serde(default)]
    pub name: String,
    /// A picture.
    #[serde(rename = "downloadIconURL", default, skip_serializing_if = "Option::is_none")]
    pub icon_url: Option<String>,
    /// 1 of a public template (webhook robots among them), 2 of an internal app, 3 of a third party's app, 4 of a scene group.
    #[serde(rename = "openRobotType", default, deserialize_with = "lenient::number")]
    pub kind: i64,
}

impl Robot<'_> {
    /// A message to a group in which the robot is. Nobody can be mentioned this way; a webhook can. There is no idempotency key:
    /// after [`Error::Unknown`] the message may stand in the group. Permission `qyapi_robot_sendmsg`; counted in the monthly quota.
    pub async fn send_to_group(
        &self,
        group: &ConversationId,
        message: &RobotMessage,
    ) -> Result<GroupSendAnswer, Error> {
        let msg_param = message.param().to_string();
        if msg_param.len() > MOST_PARAM_BYTES {
            return Err(Error::NotSent("a message to a group has at most 15000 bytes"));
        }
        let request = GroupSendRequest {
            robot_code: self.0.config().robot_code.clone(),
            open_conversation_id: group.clone(),
            msg_key: template(message)?.to_owned(),
            msg_param,
        };
        self.0.api(Method::POST, "/v1.0/robot/groupMessages/send", &[], Some(&request)).await
    }

    /// The robots of a group. Permission `qyapi_chat_manage`.
    pub async fn robots_of(&self, group: &ConversationId) -> Result<Vec<GroupRobot>, Error> {
        let request = GroupRequest { open_conversation_id: group };
        let path = "/v1.0/robot/groups/robots/query";
        let answer: GroupRobots = self.0.api(Method::POST, path, &[], Some(&request)).await?;
        Ok(answer.robots)
    }
}
