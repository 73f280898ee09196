//! The webhook robot that somebody added to a group (自定义机器人). It can only speak.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use ring::hmac;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::{
    send::{Robot, SessionAnswer},
    session::SessionMessage,
};
use crate::error::Error;

/// The most messages of one robot within a minute; one more, and it is silent for ten minutes (410100).
pub const MOST_A_MINUTE: u32 = 20;

/// A webhook robot. Its safety settings are a signature, or keywords of which each message must have one, or addresses.
#[derive(Clone)]
pub struct CustomRobot {
    /// The `access_token` of its webhook.
    pub token: SecretString,
    /// With the setting 加签: begins with `SEC`.
    pub secret: Option<SecretString>,
}

impl std::fmt::Debug for CustomRobot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CustomRobot").field("signs", &self.secret.is_some()).finish_non_exhaustive()
    }
}

/// `POST /robot/send`, body.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CustomRequest {
    /// The message.
    #[serde(flatten)]
    pub message: SessionMessage,
    /// A message with the id of another is not shown again.
    #[serde(rename = "msgUuid", default, skip_serializing_if = "Option::is_none")]
    pub msg_uuid: Option<String>,
}

impl CustomRobot {
    /// `timestamp` and `sign` for a call at this time; nothing without a secret. They are good for an hour.
    pub fn signature(&self, now: DateTime<Utc>) -> Option<(String, String)> {
        let secret = self.secret.as_ref()?.expose_secret();
        let timestamp = now.timestamp_millis().to_string();
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let sign = STANDARD.encode(hmac::sign(&key, format!("{timestamp}\n{secret}").as_bytes()));
        Some((timestamp, sign))
    }
}

impl Robot<'_> {
    /// A webhook robot says something in its group. With an id, the same call may be repeated after [`Error::Unknown`] and the message
    /// is shown once. Needs no access token. Refused with 310000 when a safety setting is not met, with 400101 for an unknown robot;
    /// beyond [`MOST_A_MINUTE`] [`Error::RetryAfter`] ten minutes.
    pub async fn send_as(
        &self,
        robot: &CustomRobot,
        message: SessionMessage,
        id: Option<&str>,
    ) -> Result<(), Error> {
        message.check()?;
        if matches!(message, SessionMessage::Empty) {
            return Err(Error::NotSent("a webhook robot says something"));
        }
        let mut query = vec![("access_token", robot.token.expose_secret().to_owned())];
        if let Some((timestamp, sign)) = robot.signature(self.0.now()) {
            query.extend([("timestamp", timestamp), ("sign", sign)]);
        }
        let request = CustomRequest { message, msg_uuid: id.map(str::to_owned) };
        self.0
            .oapi_open::<SessionAnswer>("/robot/send", &query, robot.token.expose_secret(), &request)
            .await
            .map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::CustomRobot;

    #[test]
    fn a_robot_signs_time_and_secret() {
        let secret = format!("SEC{}test", "0".repeat(60));
        let robot = CustomRobot { token: "t".into(), secret: Some(secret.into()) };
        let (timestamp, sign) = robot.signature(DateTime::from_timestamp(1_700_000_000, 0).unwrap()).unwrap();
        assert_eq!(timestamp, "1700000000000");
        assert_eq!(sign, "bCcJiIKqyObgdvB5UiIbViJlixojz9bQW5dnZbgLAd8=");
    }
}
