//! The files of `dingtalk-manifest/`, compiled in.

use anyhow::Context as _;
use dingtalk::workflow::NewForm;
use serde::Deserialize;

use crate::config::Config;

const APP: &str = include_str!("../../../../dingtalk-manifest/app.toml");

/// The form of the hardship aid approval, as the body of the call that makes it.
pub const FORM: &str = include_str!("../../../../dingtalk-manifest/forms/aid-approval.json");

/// The app as it should be in a tenant.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Name and pages.
    pub app: AppPart,
    /// Addresses.
    pub security: Security,
    /// Whom the app may see.
    pub contact_scope: ContactScope,
    /// Permission points.
    pub permission: Vec<Permission>,
    /// Events.
    pub events: Events,
    /// The robot.
    pub robot: Robot,
    /// Approval forms.
    pub approval: Vec<Approval>,
    /// Templates of interactive cards.
    pub cards: Cards,
}

/// `[app]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppPart {
    /// On the workbench.
    pub name: String,
    /// For the administrator.
    pub description: String,
    /// What a tap opens on a phone.
    pub mobile_home: String,
    /// On a desk.
    pub pc_home: String,
    /// From the administration.
    pub admin_home: String,
    /// Who has it.
    pub visible_to: String,
}

/// `[security]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Security {
    /// Where calls come from.
    pub egress_addresses: String,
    /// Where sign-in happens.
    pub sign_in_origin: String,
    /// Whose pages are the organisation's own.
    pub trusted_domain: String,
}

/// `[contact_scope]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactScope {
    /// Whom.
    pub departments: String,
    /// Why.
    pub reason: String,
    /// Which personal fields.
    pub fields: Vec<String>,
}

/// `[[permission]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permission {
    /// What for.
    pub capability: String,
    /// The platform's code.
    pub code: String,
    /// The platform's name.
    pub name: String,
    /// The calls that need it.
    pub apis: Vec<String>,
    /// What the administrator is told.
    pub reason: String,
}

/// `[events]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// How they come.
    pub mode: String,
    /// Where to.
    pub url: String,
    /// Which.
    pub subscribe: Vec<Subscription>,
    /// Which help where the month allows them.
    pub optional: Vec<Subscription>,
}

/// `[[events.subscribe]]`, `[[events.optional]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscription {
    /// The platform's word.
    #[serde(rename = "type")]
    pub kind: String,
    /// The console's.
    pub name: String,
    /// Which of them.
    #[serde(default)]
    pub filter: Option<String>,
}

/// `[robot]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Robot {
    /// In chats.
    pub name: String,
    /// At most ten characters.
    pub brief: String,
    /// At most 200.
    pub description: String,
    /// How messages come.
    pub mode: String,
    /// Where to.
    pub url: String,
    /// The menu.
    pub command: Vec<RobotCommand>,
}

/// `[[robot.command]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RobotCommand {
    /// What is said.
    pub word: String,
    /// What it does.
    pub what: String,
}

/// `[[approval]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Of the configuration.
    pub key: String,
    /// Beside this file.
    pub file: String,
    /// Who approves.
    pub flow: String,
    /// The branches of the flow, each with its condition.
    pub branches: Vec<String>,
}

/// `[cards]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cards {
    /// What they must have.
    pub templates: Vec<CardTemplate>,
}

/// `[[cards.templates]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardTemplate {
    /// Of the configuration.
    pub key: String,
    /// At the card platform.
    pub name: String,
    /// What the code fills in.
    pub variables: Vec<String>,
    /// What can be pressed.
    pub buttons: Vec<CardButton>,
}

/// A button of a card.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardButton {
    /// As the press names it.
    pub id: String,
    /// What people read.
    pub title: String,
    /// What it does.
    pub does: String,
}

impl Manifest {
    /// As it is written, with the places that differ from installation to installation.
    pub fn written() -> anyhow::Result<Self> {
        toml::from_str(APP).context("dingtalk-manifest/app.toml")
    }

    /// As it is for this installation.
    pub fn of(config: &Config) -> anyhow::Result<Self> {
        let url = &config.web.public_url;
        let text = APP
            .replace("{public_url}", url.as_str().trim_end_matches('/'))
            .replace("{domain}", url.host_str().unwrap_or_default())
            .replace("{client_id}", &config.dingtalk.client_id)
            .replace("{aid_process_code}", &config.dingtalk.aid_process_code);
        toml::from_str(&text).context("dingtalk-manifest/app.toml")
    }
}

/// The form as the client sends it.
pub(super) fn form() -> anyhow::Result<NewForm> {
    serde_json::from_str(FORM).context("dingtalk-manifest/forms/aid-approval.json")
}
