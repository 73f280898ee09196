//! Who has read what the robot said, and taking it back. Both work for 24 hours.
//!
//! Pages: 批量查询人与机器人会话机器人消息是否已读, 查询企业机器人群聊消息用户已读状态, 批量撤回人与机器人会话中机器人消息,
//! 企业机器人撤回内部群消息.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::send::Robot;
use crate::{
    error::Error,
    ids::{ConversationId, RobotCode, UserId},
    lenient,
    sealed::shows,
};

/// The most messages that one call takes back.
pub const MOST_KEYS: usize = 20;

/// What the platform is doing with a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SendStatus {
    /// Sent. The page's own example spells it with two letters less.
    #[default]
    #[serde(rename = "SUCCESS", alias = "SUCESS")]
    Success,
    /// Taken back.
    #[serde(rename = "RECALLED")]
    Recalled,
    /// On its way.
    #[serde(rename = "PROCESSING")]
    Processing,
}

/// Has somebody read it?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ReadStatus {
    /// Read.
    Read,
    /// Not yet.
    Unread,
}

/// One recipient of a message.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReadInfo {
    /// Who.
    pub user_id: UserId,
    /// Their name.
    #[serde(default)]
    pub name: String,
    /// Have they read it?
    pub read_status: ReadStatus,
}

shows!(ReadInfo: user_id, read_status);

/// `GET /v1.0/robot/oToMessages/readStatus`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PeopleRead {
    /// What became of the message.
    pub send_status: SendStatus,
    /// One for each recipient.
    #[serde(default, deserialize_with = "lenient::list")]
    pub message_read_info_list: Vec<ReadInfo>,
}

/// `POST /v1.0/robot/groupMessages/query`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupReadRequest {
    /// The group.
    pub open_conversation_id: ConversationId,
    /// The robot.
    pub robot_code: RobotCode,
    /// The message.
    pub process_query_key: String,
    /// At most 200.
    pub max_results: i64,
    /// Empty at first, then `nextToken`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `POST /v1.0/robot/groupMessages/query`, answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupReadPage {
    /// What became of the message.
    #[serde(default)]
    pub send_status: SendStatus,
    /// Who has read it.
    #[serde(default, deserialize_with = "lenient::list")]
    pub read_user_ids: Vec<UserId>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// Is there one?
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub has_more: bool,
}

/// `POST /v1.0/robot/otoMessages/batchRecall`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PeopleRecall {
    /// The robot.
    pub robot_code: RobotCode,
    /// At most 20.
    pub process_query_keys: Vec<String>,
}

/// `POST /v1.0/robot/groupMessages/recall`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupRecall {
    /// The group.
    pub open_conversation_id: ConversationId,
    /// The robot.
    pub robot_code: RobotCode,
    /// At most 20.
    pub process_query_keys: Vec<String>,
}

/// The answer of both recalls. A message may be in either half.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecallReport {
    /// Taken back.
    #[serde(default, deserialize_with = "lenient::list")]
    pub success_result: Vec<String>,
    /// Not taken back, with the reason.
    #[serde(default)]
    pub failed_result: BTreeMap<String, String>,
}

impl Robot<'_> {
    /// Who has read a message to people. Permission `qyapi_robot_sendmsg`.
    pub async fn read_by_people(&self, process_query_key: &str) -> Result<PeopleRead, Error> {
        let query = [
            ("robotCode", self.0.config().robot_code.to_string()),
            ("processQueryKey", process_query_key.to_owned()),
        ];
        self.0.api(Method::GET, "/v1.0/robot/oToMessages/readStatus", &query, None::<&Value>).await
    }

    /// One page of those who have read a message to a group; `next_token` of the page before, none at first.
    pub async fn read_in_group(
        &self,
        group: &ConversationId,
        process_query_key: &str,
        next_token: Option<&str>,
    ) -> Result<GroupReadPage, Error> {
        let request = GroupReadRequest {
            open_conversation_id: group.clone(),
            robot_code: self.0.config().robot_code.clone(),
            process_query_key: process_query_key.to_owned(),
            max_results: 200,
            next_token: next_token.map(str::to_owned),
        };
        self.0.api(Method::POST, "/v1.0/robot/groupMessages/query", &[], Some(&request)).await
    }

    /// Takes messages to people back; nobody is told. At most [`MOST_KEYS`].
    pub async fn recall_from_people(&self, keys: &[String]) -> Result<RecallReport, Error> {
        let request = PeopleRecall {
            robot_code: self.0.config().robot_code.clone(),
            process_query_keys: counted(keys)?,
        };
        // The small `t` is the platform's: sending has a capital one.
        self.0.api(Method::POST, "/v1.0/robot/otoMessages/batchRecall", &[], Some(&request)).await
    }

    /// Takes messages to a group back; nobody is told. At most [`MOST_KEYS`].
    pub async fn recall_from_group(
        &self,
        group: &ConversationId,
        keys: &[String],
    ) -> Result<RecallReport, Error> {
        let request = GroupRecall {
            open_conversation_id: group.clone(),
            robot_code: self.0.config().robot_code.clone(),
            process_query_keys: counted(keys)?,
        };
        self.0.api(Method::POST, "/v1.0/robot/groupMessages/recall", &[], Some(&request)).await
    }
}

fn counted(keys: &[String]) -> Result<Vec<String>, Error> {
    match keys.len() {
        1..=MOST_KEYS => Ok(keys.to_vec()),
        _ => Err(Error::NotSent("one call takes 1 to 20 messages back")),
    }
}
