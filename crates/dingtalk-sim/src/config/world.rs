//! What the tenant is before anybody does anything. The README documents each key.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::config::{
    App, ApprovalSettings, CardTemplate, Code, Department, DingSetting, GroupSetting, GroupTemplate, Limits,
    Person, Phone, Role, RoleGroup, Story, Template, Transport,
};

/// A tenant on paper. `World::parse` has checked that every name it mentions exists.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    /// Every generated id follows from it.
    #[serde(default)]
    pub seed: u64,
    /// The organisation.
    pub corp: Corp,
    /// Its one internal app.
    pub app: App,
    /// How the app is told of what happens.
    pub events: Events,
    /// When the tenant's time begins.
    #[serde(default)]
    pub clock: ClockSetting,
    /// What is refused for being too much.
    #[serde(default)]
    pub limits: Limits,
    /// Where the app listens, when it is known beforehand; else [`Tenant::connect`](crate::Tenant::connect) says it.
    #[serde(default)]
    pub endpoints: Option<AppEndpoints>,
    /// Below the root, which is always there.
    #[serde(default)]
    pub departments: Vec<Department>,
    /// Who is in the directory.
    #[serde(default)]
    pub people: Vec<Person>,
    /// Groups of roles, beside the built-in one.
    #[serde(default)]
    pub role_groups: Vec<RoleGroup>,
    /// Roles, beside the built-in ones.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Codes of sign-ins, known beforehand.
    #[serde(default)]
    pub codes: Vec<Code>,
    /// 成员字段管理: names of added fields that the console knows; any when absent.
    #[serde(default)]
    pub extension_fields: Option<Vec<String>>,
    /// Approval forms.
    #[serde(default)]
    pub templates: Vec<Template>,
    /// What was bought of the approval app.
    #[serde(default)]
    pub approvals: ApprovalSettings,
    /// Looks of interactive cards, as the card platform has them.
    #[serde(default)]
    pub cards: Vec<CardTemplate>,
    /// Group chats that exist from the beginning.
    #[serde(default)]
    pub groups: Vec<GroupSetting>,
    /// What scene groups are made from.
    #[serde(default)]
    pub group_templates: Vec<GroupTemplate>,
    /// What was bought of DING.
    #[serde(default)]
    pub ding: DingSetting,
    /// What the console shows, and [`Tenant::phone`](crate::Tenant::phone) holds.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// What the console tells a visitor to try.
    #[serde(default)]
    pub stories: Vec<Story>,
}

/// The organisation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corp {
    /// `corpId`.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// The event subscription as the console of the open platform has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// 签名 token of the subscription.
    pub token: String,
    /// `EncodingAESKey`: 43 characters of base64.
    pub aes_key: String,
    /// How events come to the app.
    #[serde(default)]
    pub transport: Transport,
    /// Which identifier ends the plaintext of a sealed event.
    #[serde(default)]
    pub owner: Owner,
    /// How the fields of directory events are written.
    #[serde(default)]
    pub spelling: Spelling,
    /// Whether reading the list of failed events empties it.
    #[serde(default)]
    pub failed_list: FailedList,
    /// Are `robot_msg_read` and `robot_msg_recall` ticked? Each is a counted delivery.
    #[serde(default)]
    pub robot_messages: bool,
}

/// Which identifier ends the plaintext of a sealed event.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The app's client id.
    #[default]
    ClientId,
    /// The organisation's corp id.
    CorpId,
}

/// Directory events come as `userId`/`timeStamp` on newer pages and `UserId`/`TimeStamp` on older ones.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Spelling {
    /// `userId`, `timeStamp`.
    #[default]
    New,
    /// `UserId`, `TimeStamp`.
    Old,
}

/// Whether reading the list of failed events empties it.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum FailedList {
    /// As the platform's FAQ on event subscription has it: a call clears what the call before it has shown.
    #[default]
    Consumed,
    /// What was shown once is shown again: for an app that must not trust the FAQ.
    Kept,
}

/// How the tenant's time begins.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockSetting {
    /// Where the tenant's time starts; the machine's time when absent.
    #[serde(default)]
    pub start: Option<DateTime<Utc>>,
    /// It stands still until somebody moves it: what a test wants.
    #[serde(default)]
    pub frozen: bool,
}

/// Where the app under test listens.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct AppEndpoints {
    /// Origin of the micro-app; phones proxy to it.
    pub base_url: String,
    /// Where events are posted; none are without it.
    #[serde(default)]
    pub callback_url: Option<String>,
    /// Where messages to the robot are posted; none are without it.
    #[serde(default)]
    pub robot_url: Option<String>,
}

impl AppEndpoints {
    /// An origin has no slash at its end.
    pub(crate) fn trimmed(mut self) -> Self {
        let kept = self.base_url.trim_end_matches('/').len();
        self.base_url.truncate(kept);
        self
    }
}

pub(super) fn yes() -> bool {
    true
}

/// Why a world file is refused; the text names the place.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// The file is not there, or cannot be read.
    #[error("cannot read the world file {path}")]
    Read {
        /// The file.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// It is no TOML, or has a key that is not known.
    #[error("the world file is not understood: {0}")]
    Toml(Box<toml::de::Error>),
    /// It names what it does not have, or has the same thing twice.
    #[error("the world file contradicts itself: {0}")]
    Contradiction(String),
}

impl World {
    /// Reads and checks a world file.
    pub fn read(path: &Path) -> Result<Self, WorldError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| WorldError::Read { path: path.display().to_string(), source })?;
        Self::parse(&text)
    }

    /// The same, of a text: for a test.
    pub fn parse(text: &str) -> Result<Self, WorldError> {
        let world: Self = toml::from_str(text).map_err(|error| WorldError::Toml(Box::new(error)))?;
        super::check(&world).map_err(WorldError::Contradiction)?;
        Ok(world)
    }

    /// The robot's code: the client id unless the file names another.
    pub fn robot_code(&self) -> &str {
        self.app.robot_code.as_deref().unwrap_or(&self.app.client_id)
    }

    /// The identifier at the end of a sealed event's plaintext.
    pub fn owner_key(&self) -> &str {
        match self.events.owner {
            Owner::ClientId => &self.app.client_id,
            Owner::CorpId => &self.corp.id,
        }
    }
}
