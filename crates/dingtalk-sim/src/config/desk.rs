//! What stands on the console: phones, and the stories a visitor may follow.

use serde::{Deserialize, Serialize};

/// A phone (or a PC client) that stands on the console, and on its own port.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// What the console calls it.
    pub name: String,
    /// What it looks like, and which client it says it is.
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

/// What somebody holds.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum PhoneKind {
    /// A phone: the mobile client.
    #[default]
    Phone,
    /// A computer: the PC client.
    Desk,
}

/// What the console tells a visitor to try. The simulator only shows it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// What the visitor reads in the list.
    pub title: String,
    /// A sentence below it.
    #[serde(default)]
    pub about: String,
    /// What to do, one after the other.
    pub steps: Vec<Step>,
}

/// One thing to try.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What to do and what then happens, in words.
    pub text: String,
    /// Index of the phone this step happens on; pressing the step brings that phone to front.
    #[serde(default)]
    pub phone: Option<usize>,
    /// Which part of the phone it happens in.
    #[serde(default)]
    pub tab: Option<Tab>,
    /// Who holds the phone for this step.
    #[serde(default)]
    pub user: Option<String>,
}

/// A part of a phone.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// The chat with the robot.
    Chat,
    /// The app's pages.
    App,
    /// The approvals that wait.
    Approvals,
    /// The to-dos.
    Todos,
}
