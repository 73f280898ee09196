//! Groups of the world file, the templates they are made from, and what the organisation has bought.

use serde::{Deserialize, Serialize};

/// A group that exists from the beginning.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupSetting {
    /// `openConversationId`; made from the seed when absent.
    #[serde(default)]
    pub id: Option<String>,
    /// `chatid`, its older name; made from the seed when absent.
    #[serde(default)]
    pub chat_id: Option<String>,
    /// 1 to 20 characters; no other group of the file has it.
    pub title: String,
    /// Userid.
    pub owner: String,
    /// Userids; the owner is a member anyway.
    #[serde(default)]
    pub members: Vec<String>,
    /// Somebody has added the app's robot.
    #[serde(default)]
    pub robot: bool,
    /// Its webhook robots.
    #[serde(default)]
    pub custom_robots: Vec<CustomRobot>,
}

/// A webhook robot of a group (自定义机器人).
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CustomRobot {
    /// What it speaks as.
    pub name: String,
    /// The `access_token` of its webhook; unique in the tenant.
    pub token: String,
    /// 加签, with its `SEC…`.
    #[serde(default)]
    pub secret: Option<String>,
    /// 自定义关键词: each message must have one of them.
    #[serde(default)]
    pub keywords: Vec<String>,
}

/// 群模板: what scene groups are made from.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct GroupTemplate {
    /// `template_id`.
    pub id: String,
    /// What the console calls it.
    pub name: String,
    /// Its groups have the app's robot.
    #[serde(default)]
    pub robot: bool,
}

/// DING by API.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct DingSetting {
    /// False: an edition that does not have it.
    pub allowed: bool,
    /// How many messages by SMS were bought.
    pub sms: usize,
    /// How many calls were bought.
    pub phone: usize,
}

impl Default for DingSetting {
    fn default() -> Self {
        Self { allowed: true, sms: 0, phone: 0 }
    }
}
