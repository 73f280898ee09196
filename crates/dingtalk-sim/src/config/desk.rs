//! What stands on the console: phones, and the stories a visitor may follow.

use serde::{Deserialize, Serialize};

/// A phone (or a PC client) that stands on the console, and on its own port.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    pub name: String,
    #[serde(default)]
    pub kind: PhoneKind,
    /// Who holds it at first.
    pub user: String,
    /// Who else may be chosen; everybody when empty.
    #[serde(default)]
    pub people: Vec<String>,
    /// 0 or absent: any free port.
    #[serde(default)]
    pub port: u16,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum PhoneKind {
    #[default]
    Phone,
    Desk,
}

/// What the console tells a visitor to try. The simulator only shows it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    pub title: String,
    #[serde(default)]
    pub about: String,
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub text: String,
    /// Index of the phone this step happens on; pressing the step brings that phone to front.
    #[serde(default)]
    pub phone: Option<usize>,
    #[serde(default)]
    pub tab: Option<Tab>,
    /// Who holds the phone for this step.
    #[serde(default)]
    pub user: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    Chat,
    App,
    Approvals,
    Todos,
}
