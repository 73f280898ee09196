//! What a to-do is made of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::sealed::shows;

/// How urgent it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Priority {
    /// 10
    Low,
    /// 20
    Normal,
    /// 30
    High,
    /// 40
    Urgent,
}

impl TryFrom<u8> for Priority {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, &'static str> {
        match number {
            10 => Ok(Self::Low),
            20 => Ok(Self::Normal),
            30 => Ok(Self::High),
            40 => Ok(Self::Urgent),
            _ => Err("a priority is 10, 20, 30 or 40"),
        }
    }
}

impl From<Priority> for u8 {
    fn from(priority: Priority) -> Self {
        match priority {
            Priority::Low => 10,
            Priority::Normal => 20,
            Priority::High => 30,
            Priority::Urgent => 40,
        }
    }
}

/// Something to do or something to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TodoType {
    /// 待办
    Todo,
    /// 待阅
    Read,
}

/// Where a to-do leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DetailUrl {
    /// On a phone, at most 1024 bytes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub app_url: String,
    /// On a computer, at most 1024 bytes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pc_url: String,
}

/// A line on the to-do.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContentField {
    /// Its name, at most 1024 bytes.
    pub field_key: String,
    /// Its value, at most 1024 bytes.
    pub field_value: String,
}

shows!(ContentField: field_key);

/// How people are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NotifyConfigs {
    /// `1`: by DING. Not when the creator is the executor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ding_notify: Option<String>,
    /// `true`: by the phone's notification; as `ding_notify` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send_todo_apn: Option<String>,
    /// `false`: not by the to-do assistant, which otherwise speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send_assistant_chat: Option<String>,
}

/// A button on the to-do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Action {
    /// What it says.
    pub title: String,
    /// 1: the platform calls the address; 2: the person goes there.
    pub action_type: i64,
    /// The address.
    pub url: String,
    /// The address on a computer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pc_url: Option<String>,
    /// Tells two buttons apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action_key: Option<String>,
    /// What the platform sends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub param: Option<ActionParam>,
}

/// What the platform sends when a button is pressed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionParam {
    /// The body.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// Headers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub header: BTreeMap<String, String>,
}
