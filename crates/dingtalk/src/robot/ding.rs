//! DING: an urgent message of the robot that rings until it is seen. Pages: 发送DING消息, 撤回已经发送的DING消息.
//!
//! The pages say that only 专业版 and 专属版 have it; a notice of 2025-10 says every edition. Where it is not to be had, the permission
//! `Premium.Ding.Write` cannot be granted: the call is refused with [`Cause::App`](crate::Cause::App), and the caller takes
//! another way. Messages by SMS and by phone are bought besides.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::send::Robot;
use crate::{
    error::Error,
    ids::{RobotCode, UserId},
    sealed::shows,
};

/// The most recipients inside DingTalk.
pub const MOST_IN_APP: usize = 200;

/// The most recipients by SMS or by phone.
pub const MOST_SMS_OR_PHONE: usize = 20;

/// How it rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "i64", try_from = "i64")]
pub enum Remind {
    /// 1, inside DingTalk.
    InApp,
    /// 2, bought by number.
    Sms,
    /// 3, bought by number.
    Phone,
}

impl From<Remind> for i64 {
    fn from(remind: Remind) -> Self {
        match remind {
            Remind::InApp => 1,
            Remind::Sms => 2,
            Remind::Phone => 3,
        }
    }
}

impl TryFrom<i64> for Remind {
    type Error = &'static str;

    fn try_from(number: i64) -> Result<Self, &'static str> {
        match number {
            1 => Ok(Self::InApp),
            2 => Ok(Self::Sms),
            3 => Ok(Self::Phone),
            _ => Err("a way to remind is 1, 2 or 3"),
        }
    }
}

/// Who speaks on the phone. The names are the platform's, with its spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the platform's names say what they are")]
pub enum CallVoice {
    #[serde(rename = "Standard_Female_Voice")]
    StandardFemale,
    #[serde(rename = "Cantonese_Female_Voice")]
    CantoneseFemale,
    #[serde(rename = "Gentine_Female_Voice")]
    GentleFemale,
    #[serde(rename = "Overbearing_Female_Voice")]
    OverbearingFemale,
    #[serde(rename = "Lovely_Girl_Voice")]
    LovelyGirl,
    #[serde(rename = "Standard_Male_Voice")]
    StandardMale,
}

/// A DING before it is sent.
#[derive(Clone)]
pub struct Ding {
    /// How it rings.
    pub remind: Remind,
    /// At most [`MOST_IN_APP`], or [`MOST_SMS_OR_PHONE`].
    pub to: Vec<UserId>,
    /// The words.
    pub content: String,
    /// For a call; the standard female voice when absent.
    pub voice: Option<CallVoice>,
}

shows!(Ding: remind, to, voice);

/// `POST /v1.0/robot/ding/send`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DingRequest {
    /// The robot.
    pub robot_code: RobotCode,
    /// How it rings.
    pub remind_type: Remind,
    /// To whom.
    pub receiver_user_id_list: Vec<UserId>,
    /// The words.
    pub content: String,
    /// Who speaks on the phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_voice: Option<CallVoice>,
}

shows!(DingRequest: robot_code, remind_type, receiver_user_id_list);

/// `POST /v1.0/robot/ding/send`, answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DingAnswer {
    /// For taking it back.
    pub open_ding_id: String,
    /// Who was not reached, by the platform's reason.
    #[serde(default)]
    pub failed_list: BTreeMap<String, Vec<UserId>>,
}

/// `POST /v1.0/robot/ding/recall`, request and answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DingRecall {
    /// The robot that sent it; absent in the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robot_code: Option<RobotCode>,
    /// Which.
    pub open_ding_id: String,
}

impl Robot<'_> {
    /// Sends a DING. Refused with `ding.serverquota.insufficient` when what was bought is used up. Permission `Premium.Ding.Write`.
    pub async fn ding(&self, ding: &Ding) -> Result<DingAnswer, Error> {
        let most = if ding.remind == Remind::InApp { MOST_IN_APP } else { MOST_SMS_OR_PHONE };
        if ding.to.is_empty() || ding.to.len() > most {
            return Err(Error::NotSent("a DING goes to 1 to 200 people, by SMS or phone to 1 to 20"));
        }
        if ding.content.trim().is_empty() {
            return Err(Error::NotSent("a DING says something"));
        }
        let request = DingRequest {
            robot_code: self.0.config().robot_code.clone(),
            remind_type: ding.remind,
            receiver_user_id_list: ding.to.clone(),
            content: ding.content.clone(),
            call_voice: ding.voice,
        };
        self.0.api(Method::POST, "/v1.0/robot/ding/send", &[], Some(&request)).await
    }

    /// Takes a DING back. Permission `Premium.Ding.Write`.
    pub async fn recall_ding(&self, open_ding_id: &str) -> Result<(), Error> {
        let request = DingRecall {
            robot_code: Some(self.0.config().robot_code.clone()),
            open_ding_id: open_ding_id.to_owned(),
        };
        let path = "/v1.0/robot/ding/recall";
        self.0.api::<DingRecall>(Method::POST, path, &[], Some(&request)).await.map(|_| ())
    }
}
