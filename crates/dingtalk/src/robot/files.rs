//! A picture, recording, film or file that somebody sent to the robot. Page: [下载机器人接收消息的文件内容][page].
//!
//! [page]: https://open.dingtalk.com/document/development/download-the-file-content-of-the-robot-receiving-message

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
    /// A file that somebody sent to the robot, whole. It is asked for as by [`Self::file_address`] and fetched from there without a
    /// token, at most [`Config::largest_file`](crate::Config::largest_file) bytes of it; what is larger is [`Error::NotUnderstood`], as
    /// is a code that has become old in between. Nothing says that the bytes are what their name promises.
    pub async fn file(&self, download_code: &str) -> Result<Vec<u8>, Error> {
        self.0.stored(&self.file_address(download_code).await?.download_url).await
    }

    /// Where a file that somebody sent to the robot can be fetched for a short time, on the host of the platform's storage. For files
    /// that are too large to hold: [`Self::file`] fetches the others. The name there ends with `.file`; what it is says the message.
    /// Permission `qyapi_robot_sendmsg`; counted.
    pub async fn file_address(&self, download_code: &str) -> Result<FileAnswer, Error> {
        let request = FileRequest {
            download_code: download_code.to_owned(),
            robot_code: self.0.config().robot_code.clone(),
        };
        self.0.api(Method::POST, "/v1.0/robot/messageFiles/download", &[], Some(&request)).await
    }
}
