//! A group chat: who is in it, what was said, who has read it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::config;
use crate::world::Message;
use crate::world::chat::render_line;

/// A group of the tenant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// `openConversationId`
    pub id: String,
    /// `chatid`, the older name.
    pub chat_id: String,
    /// What people read above it.
    pub title: String,
    /// 群主, by userid.
    pub owner: String,
    /// In the order of their coming; the owner is one of them.
    pub members: Vec<String>,
    /// 群管理员, by userid.
    #[serde(default)]
    pub admins: Vec<String>,
    /// The template of a scene group.
    #[serde(default)]
    pub template: Option<String>,
    /// What it was given as picture.
    #[serde(default)]
    pub icon: Option<String>,
    /// Switches that were set, as the call named them: 0 or 1.
    #[serde(default)]
    pub options: BTreeMap<String, i64>,
    /// It is no more; who asks is told so.
    #[serde(default)]
    pub disbanded: bool,
    /// The app's robot is in it.
    #[serde(default)]
    pub robot: bool,
    #[serde(default)]
    pub(crate) custom_robots: Vec<GroupWebhook>,
    /// The idempotency key it was made with.
    #[serde(default)]
    pub(crate) made_with: Option<String>,
    /// Everything that was said, oldest first.
    pub lines: Vec<GroupLine>,
    /// Grows when a line that was there changes.
    #[serde(default)]
    pub(crate) edits: u64,
}

/// A webhook robot with what it said lately.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct GroupWebhook {
    pub(crate) setting: config::CustomRobot,
    pub(crate) spoke: VecDeque<DateTime<Utc>>,
    pub(crate) silent_until: Option<DateTime<Utc>>,
    /// `msgUuid`s it was given.
    pub(crate) said: BTreeSet<String>,
}

/// One line of a group chat.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct GroupLine {
    /// Grows by one within a tenant.
    pub number: u64,
    /// When it was said.
    pub at: DateTime<Utc>,
    /// Who said it.
    pub by: GroupSpeaker,
    /// What was said.
    pub message: Message,
    /// What the robot sent it with.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Taken back: nobody sees the message any longer.
    #[serde(default)]
    pub recalled: bool,
    /// Userids of members who have opened the group since.
    #[serde(default)]
    pub read_by: BTreeSet<String>,
    /// Userids of those whom it mentions.
    #[serde(default)]
    pub mentions: Vec<String>,
}

/// Who speaks in a group.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum GroupSpeaker {
    /// A member, by userid.
    Person(String),
    /// The app's robot.
    Robot,
    /// A webhook robot, by name.
    CustomRobot(String),
}

impl Group {
    pub(crate) fn has(&self, userid: &str) -> bool {
        self.members.iter().any(|member| member == userid)
    }

    pub(crate) fn recall(&mut self, key: &str) -> bool {
        let mut recalled = false;
        for line in self.lines.iter_mut().filter(|line| line.key == key) {
            recalled |= !std::mem::replace(&mut line.recalled, true);
        }
        self.edits += u64::from(recalled);
        recalled
    }

    /// A member looks at the group.
    pub(crate) fn opened_by(&mut self, userid: &str) {
        for line in &mut self.lines {
            line.read_by.insert(userid.to_owned());
        }
    }

    /// How many lines this member has not seen.
    pub(crate) fn unread(&self, userid: &str) -> usize {
        let others = |line: &&GroupLine| line.by != GroupSpeaker::Person(userid.to_owned());
        self.lines
            .iter()
            .filter(others)
            .filter(|line| !line.recalled && !line.read_by.contains(userid))
            .count()
    }

    /// The group as text, for reading and for snapshots; `name` tells a person's name, `robot` is the app's.
    pub(crate) fn render(&self, name: impl Fn(&str) -> String, robot: &str, origin: &str) -> String {
        let mut out = String::new();
        for line in &self.lines {
            let speaker = match &line.by {
                GroupSpeaker::Person(userid) => name(userid),
                GroupSpeaker::Robot => robot.to_owned(),
                GroupSpeaker::CustomRobot(name) => name.clone(),
            };
            render_line(&mut out, &speaker, (!line.recalled).then_some(&line.message), origin);
        }
        out
    }
}
