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
    pub corp: Corp,
    pub app: App,
    pub events: Events,
    #[serde(default)]
    pub clock: ClockSetting,
    #[serde(default)]
    pub limits: Limits,
    #[serde(default)]
    pub endpoints: Option<AppEndpoints>,
    #[serde(default)]
    pub departments: Vec<Department>,
    #[serde(default)]
    pub people: Vec<Person>,
    #[serde(default)]
    pub role_groups: Vec<RoleGroup>,
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Codes of sign-ins, known beforehand.
    #[serde(default)]
    pub codes: Vec<Code>,
    /// 成员字段管理: names of added fields that the console knows; any when absent.
    #[serde(default)]
    pub extension_fields: Option<Vec<String>>,
    #[serde(default)]
    pub templates: Vec<Template>,
    #[serde(default)]
    pub approvals: ApprovalSettings,
    /// Looks of interactive cards, as the card platform has them.
    #[serde(default)]
    pub cards: Vec<CardTemplate>,
    #[serde(default)]
    pub groups: Vec<GroupSetting>,
    #[serde(default)]
    pub group_templates: Vec<GroupTemplate>,
    #[serde(default)]
    pub ding: DingSetting,
    #[serde(default)]
    pub phones: Vec<Phone>,
    #[serde(default)]
    pub stories: Vec<Story>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corp {
    pub id: String,
    pub name: String,
}

/// The event subscription as the console of the open platform has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    pub token: String,
    pub aes_key: String,
    /// How events come to the app.
    #[serde(default)]
    pub transport: Transport,
    #[serde(default)]
    pub owner: Owner,
    #[serde(default)]
    pub spelling: Spelling,
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
    #[default]
    ClientId,
    CorpId,
}

/// Directory events come as `userId`/`timeStamp` on newer pages and `UserId`/`TimeStamp` on older ones.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Spelling {
    #[default]
    New,
    Old,
}

/// Whether reading the list of failed callbacks empties it. The page of questions says that each call clears what the one before has
/// shown; the page of the call says nothing.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum FailedList {
    #[default]
    Consumed,
    Kept,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockSetting {
    /// Where the tenant's time starts; the machine's time when absent.
    #[serde(default)]
    pub start: Option<DateTime<Utc>>,
    #[serde(default)]
    pub frozen: bool,
}

/// Where the app under test listens.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct AppEndpoints {
    /// Origin of the micro-app; phones proxy to it.
    pub base_url: String,
    #[serde(default)]
    pub callback_url: Option<String>,
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
    #[error("cannot read the world file {path}")]
    Read { path: String, source: std::io::Error },
    #[error("the world file is not understood: {0}")]
    Toml(Box<toml::de::Error>),
    #[error("the world file contradicts itself: {0}")]
    Contradiction(String),
}

impl World {
    pub fn read(path: &Path) -> Result<Self, WorldError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| WorldError::Read { path: path.display().to_string(), source })?;
        Self::parse(&text)
    }

    pub fn parse(text: &str) -> Result<Self, WorldError> {
        let world: Self = toml::from_str(text).map_err(|error| WorldError::Toml(Box::new(error)))?;
        super::check(&world).map_err(WorldError::Contradiction)?;
        Ok(world)
    }

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
