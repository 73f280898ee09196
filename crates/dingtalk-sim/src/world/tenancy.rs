//! Everything the platform keeps about one tenant. What can happen to it is in files of their own: people in `staff.rs`,
//! departments in `org_chart.rs`, roles in `role_edits.rs`, signing in in `sign_in.rs`, talking in `talk.rs`, approving in
//! `approvals.rs`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::config::{self, DingSetting, Template, World};
use crate::world::credentials::Credentials;
use crate::world::talk::{Sending, Session};
use crate::world::{
    Chat, Department, Ding, Directory, Event, Groups, Happening, Ids, Instance, MediaStore, Notice,
    NoticeLimits, Office, Quota, Roles,
};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Tenancy {
    pub(crate) directory: Directory,
    pub(crate) quota: Quota,
    pub(crate) ids: Ids,
    pub(crate) notices: Vec<Notice>,
    pub(super) chats: BTreeMap<String, Chat>,
    pub(super) lines: u64,
    pub(super) sessions: BTreeMap<String, Session>,
    pub(super) templates: BTreeMap<String, Template>,
    pub(super) instances: Vec<Instance>,
    #[serde(default)]
    pub(crate) office: Office,
    #[serde(default)]
    pub(crate) roles: Roles,
    #[serde(default)]
    pub(crate) groups: Groups,
    #[serde(default)]
    pub(crate) media: MediaStore,
    #[serde(default)]
    pub(super) sendings: Vec<Sending>,
    #[serde(default)]
    pub(super) dings: Vec<Ding>,
    #[serde(default)]
    pub(super) ding_setting: DingSetting,
    #[serde(default)]
    pub(super) notice_limits: NoticeLimits,
    /// As whom the robot tells what became of its messages; `None` when nobody wants to hear it.
    #[serde(default)]
    pub(super) tells_as: Option<String>,
    pub(super) credentials: Credentials,
    /// Events nobody has been told of yet; the pusher takes them.
    happened: Vec<Event>,
}

impl Tenancy {
    pub(crate) fn new(world: &World, now: DateTime<Utc>) -> Self {
        let mut tenancy = Self {
            directory: Directory::with_root(&world.corp.name),
            quota: Quota::default(),
            ids: Ids::new(world.seed),
            notices: Vec::new(),
            chats: BTreeMap::new(),
            lines: 0,
            sessions: BTreeMap::new(),
            templates: BTreeMap::new(),
            instances: Vec::new(),
            office: Office::default(),
            roles: Roles::default(),
            groups: Groups::default(),
            media: MediaStore::default(),
            sendings: Vec::new(),
            dings: Vec::new(),
            ding_setting: world.ding,
            notice_limits: NoticeLimits::default(),
            tells_as: None,
            credentials: Credentials::default(),
            happened: Vec::new(),
        };
        tenancy.refresh(world, now);
        tenancy
    }

    /// Takes over what the world file says now: after a restart with kept state, the file may have grown.
    pub(crate) fn refresh(&mut self, world: &World, now: DateTime<Utc>) {
        self.quota.calls_limit = world.limits.calls_per_month;
        self.quota.deliveries_limit = world.limits.deliveries_per_month;
        for config::Department { id, name, parent, order, source_identifier } in world.departments.clone() {
            let settings = source_identifier.map(|value| ("source_identifier".to_owned(), value.into()));
            let settings = settings.into_iter().collect();
            self.directory.put_department(Department { id, name, parent, order, settings });
        }
        for person in &world.people {
            if !self.directory.has(&person.userid) {
                let person = self.person(person.clone(), now);
                self.directory.put(person);
            }
        }
        self.roles.refresh(world);
        for code in &world.codes {
            self.credentials.fix(code);
        }
        let usual = NoticeLimits::default();
        self.notice_limits = NoticeLimits {
            per_person: world.limits.notices_per_person.unwrap_or(usual.per_person),
            per_minute: world.limits.notices_per_minute.unwrap_or(usual.per_minute),
        };
        self.tells_as = world.events.robot_messages.then(|| world.robot_code().to_owned());
        self.ding_setting.allowed = world.ding.allowed;
        self.refresh_groups(world);
        self.office.card_templates.clone_from(&world.cards);
        self.templates = world.templates.iter().map(|one| (one.code.clone(), one.clone())).collect();
    }

    pub(crate) fn happen(&mut self, what: Happening, at: DateTime<Utc>) {
        let id = self.ids.tagged("ev");
        self.happened.push(Event { id, at, what });
    }

    pub(crate) fn take_happened(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.happened)
    }
}
