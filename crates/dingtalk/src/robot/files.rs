//! A picture, recording, film or file that somebody sent to the robot. Page: 下载机器人接收消息的文件内容.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::send::Robot;
use crate::{error::Error, ids::RobotCode, sealed::shows};

/// `POST /v1.0/robot/messageFiles/download`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileRequest {
    /// From the message; whoever has it can open the file.
    pub download_code: String,
    /// The robot that got the message.
    pub robot_code: RobotCode,
}

shows!(FileRequest: robot_code);

/// `POST /v1.0/robot/messageFiles/download`, answer.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileAnswer {
    /// Opens the file for a short time, without a token.
    pub download_url: String,
}

shows!(FileAnswer);

impl Robot<'_> {
    /// Where a file that somebody sent to the robot can be fetched for a short time. The address is on the storage's host, which this
    /// client does not call: it speaks to its configured hosts only. The name there ends with `.file`; what it is says the message.
    /// Permission `qyapi_robot_sendmsg`.
    pub async fn file_address(&self, download_code: &str) -> Result<FileAnswer, Error> {
        let request = FileRequest {
            download_code: download_code.to_owned(),
            robot_code: self.0.config().robot_code.clone(),
        };
        self.0.api(Method::POST, "/v1.0/robot/messageFiles/download", &[], Some(&request)).await
    }
}
