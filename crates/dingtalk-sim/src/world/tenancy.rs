//! Everything the platform keeps about one tenant; who belongs to it and how they sign in.
//! Talking is in `talk.rs`, approving in `approvals.rs`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::config::{self, DingSetting, Template, World};
use crate::world::credentials::Credentials;
use crate::world::talk::{Sending, Session};
use crate::world::{
    Chat, Department, Ding, Directory, Event, Groups, Happening, Ids, Instance, MediaStore, Notice,
    NoticeLimits, Person, PersonChange, Quota, ROOT, Refusal, Token,
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
    credentials: Credentials,
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
            groups: Groups::default(),
            media: MediaStore::default(),
            sendings: Vec::new(),
            dings: Vec::new(),
            ding_setting: world.ding,
            notice_limits: NoticeLimits::default(),
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
        for config::Department { id, name, parent } in world.departments.clone() {
            self.directory.put_department(Department { id, name, parent });
        }
        for person in &world.people {
            if !self.directory.has(&person.userid) {
                let person = self.person(person.clone(), now);
                self.directory.put(person);
            }
        }
        let usual = NoticeLimits::default();
        self.notice_limits = NoticeLimits {
            per_person: world.limits.notices_per_person.unwrap_or(usual.per_person),
            per_minute: world.limits.notices_per_minute.unwrap_or(usual.per_minute),
        };
        self.ding_setting.allowed = world.ding.allowed;
        self.refresh_groups(world);
        self.templates = world.templates.iter().map(|one| (one.code.clone(), one.clone())).collect();
    }

    pub(crate) fn add_person(&mut self, person: config::Person, now: DateTime<Utc>) -> Result<(), Refusal> {
        if self.directory.has(&person.userid) {
            return Err(Refusal::Parameter(format!("userid {} is taken", person.userid)));
        }
        for department in person.departments.iter().chain(&person.leads) {
            self.directory.department(*department)?;
        }
        let person = self.person(person, now);
        let userid = person.userid.clone();
        self.directory.put(person);
        self.happen(Happening::Joined(vec![userid]), now);
        Ok(())
    }

    pub(crate) fn remove_person(&mut self, userid: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.directory.remove(userid)?;
        self.groups.forget(userid);
        self.happen(Happening::Left(vec![userid.to_owned()]), now);
        Ok(())
    }

    pub(crate) fn change_person(
        &mut self,
        userid: &str,
        change: PersonChange,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let (before, after) = self.directory.change(userid, change)?;
        if before != after {
            let (before, after) = (Box::new(before), Box::new(after));
            self.happen(Happening::Changed { before, after }, now);
        }
        Ok(())
    }

    pub(crate) fn issue_token(&mut self, now: DateTime<Utc>) -> Token {
        self.credentials.issue_token(&mut self.ids, now)
    }

    pub(crate) fn check_token(&self, value: Option<&str>, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.credentials.check_token(value, now)
    }

    pub(crate) fn expire_token(&mut self) {
        self.credentials.expire_token();
    }

    /// 免登: a code for somebody who is in the tenant now.
    pub(crate) fn issue_code(&mut self, userid: &str, now: DateTime<Utc>) -> Result<String, Refusal> {
        self.directory.person(userid)?;
        Ok(self.credentials.issue_code(userid, &mut self.ids, now))
    }

    /// Whoever left between asking and signing in is refused like a wrong code.
    pub(crate) fn redeem_code(&mut self, code: &str, now: DateTime<Utc>) -> Result<Person, Refusal> {
        let userid = self.credentials.redeem_code(code, now)?;
        self.directory.person(&userid).cloned().map_err(|_gone| Refusal::BadCode)
    }

    pub(crate) fn happen(&mut self, what: Happening, at: DateTime<Utc>) {
        let id = self.ids.tagged("ev");
        self.happened.push(Event { id, at, what });
    }

    pub(crate) fn take_happened(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.happened)
    }

    fn person(&mut self, person: config::Person, joined_at: DateTime<Utc>) -> Person {
        let config::Person { userid, name, mobile, title, mut departments, leads, active } = person;
        if departments.is_empty() {
            departments.push(ROOT);
        }
        let unionid = self.ids.word(22);
        let leads = leads.into_iter().collect();
        Person { userid, unionid, name, mobile, title, departments, leads, active, joined_at }
    }
}
