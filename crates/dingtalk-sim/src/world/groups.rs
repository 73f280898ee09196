//! Making and changing groups. Whatever changes after the beginning is told to the app as a `chat_*` event.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::config::{self, GroupTemplate, World};
use crate::world::group::GroupWebhook;
use crate::world::{Group, Happening, Refusal, Tenancy};

const MOST_MEMBERS: usize = 1000;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Groups {
    all: Vec<Group>,
    templates: Vec<GroupTemplate>,
    corp: String,
}

/// A group before it is made.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewGroup {
    pub(crate) title: String,
    pub(crate) owner: String,
    pub(crate) members: Vec<String>,
    pub(crate) admins: Vec<String>,
    pub(crate) template: Option<String>,
    pub(crate) icon: Option<String>,
    pub(crate) options: BTreeMap<String, i64>,
    pub(crate) uuid: Option<String>,
}

/// What of a group changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct GroupChange {
    pub(crate) title: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) add: Vec<String>,
    pub(crate) remove: Vec<String>,
    pub(crate) icon: Option<String>,
    pub(crate) options: BTreeMap<String, i64>,
}

impl Groups {
    pub(crate) fn all(&self) -> &[Group] {
        &self.all
    }

    pub(crate) fn of<'a>(&'a self, userid: &'a str) -> impl Iterator<Item = &'a Group> {
        self.all.iter().filter(move |group| !group.disbanded && group.has(userid))
    }

    pub(crate) fn group(&self, id: &str) -> Option<&Group> {
        self.all.iter().find(|group| group.id == id)
    }

    pub(crate) fn by_chat_id(&self, chat_id: &str) -> Option<&Group> {
        self.all.iter().find(|group| group.chat_id == chat_id)
    }

    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Group> {
        self.all.iter_mut()
    }

    pub(super) fn group_mut(&mut self, id: &str) -> Option<&mut Group> {
        self.all.iter_mut().find(|group| group.id == id)
    }

    pub(super) fn webhook_mut(&mut self, token: &str) -> Option<(&mut Group, usize)> {
        self.all.iter_mut().find_map(|group| {
            let place = group.custom_robots.iter().position(|robot| robot.setting.token == token)?;
            Some((group, place))
        })
    }

    /// Whoever leaves the organisation leaves its groups; an owner is followed by whoever came next.
    pub(super) fn forget(&mut self, userid: &str) {
        for group in &mut self.all {
            group.members.retain(|member| member != userid);
            group.admins.retain(|admin| admin != userid);
            if group.owner == userid {
                group.owner = group.members.first().cloned().unwrap_or_default();
                group.disbanded |= group.members.is_empty();
            }
        }
    }
}

impl Tenancy {
    /// What the world file says of groups; those it already has stay as they are.
    pub(super) fn refresh_groups(&mut self, world: &World) {
        self.groups.corp.clone_from(&world.corp.id);
        self.groups.templates.clone_from(&world.group_templates);
        for setting in world.groups.clone() {
            let config::GroupSetting { id, chat_id, title, owner, members, robot, custom_robots } = setting;
            if self.groups.all.iter().any(|group| group.title == title) {
                continue;
            }
            let new = NewGroup { title, owner, members, ..NewGroup::default() };
            let made = self.put_group(new);
            if let Some(group) = self.groups.group_mut(&made) {
                group.id = id.unwrap_or(made);
                if let Some(chat_id) = chat_id {
                    group.chat_id = chat_id;
                }
                group.robot = robot;
                group.custom_robots = custom_robots.into_iter().map(GroupWebhook::new).collect();
            }
        }
    }

    /// A template must be one of the app's, and the same key makes no second group.
    pub(crate) fn make_group(&mut self, new: NewGroup) -> Result<String, Refusal> {
        if let Some(uuid) = &new.uuid
            && let Some(made) = self.groups.all.iter().find(|group| group.made_with.as_ref() == Some(uuid))
        {
            return Ok(made.id.clone());
        }
        let scene = new.template.is_some();
        if !self.directory.has(&new.owner) {
            let code = if scene { "member.notFound" } else { "permession.checkFailed" };
            return Err(Refusal::coded(code, format!("the owner {} is nobody", new.owner)));
        }
        let known = |id: &String| self.groups.templates.iter().any(|template| template.id == *id);
        if !new.template.iter().all(known) {
            return Err(Refusal::coded("groupTemplate.notFound", "群模板不存在或者已下线"));
        }
        self.check_members(new.members.iter().chain(&new.admins))?;
        if new.members.len() > MOST_MEMBERS {
            return Err(too_many());
        }
        Ok(self.put_group(new))
    }

    fn put_group(&mut self, new: NewGroup) -> String {
        let NewGroup { title, owner, members, admins, template, icon, options, uuid } = new;
        let mut group = Group {
            id: format!("cid{}==", self.ids.word(22)),
            chat_id: format!("chat{}", self.ids.word(32)),
            title,
            members: vec![owner.clone()],
            owner,
            admins,
            robot: self.groups.templates.iter().any(|one| one.robot && Some(&one.id) == template.as_ref()),
            template,
            icon,
            options,
            disbanded: false,
            custom_robots: Vec::new(),
            made_with: uuid,
            lines: Vec::new(),
            edits: 0,
        };
        for member in members.into_iter().chain(group.admins.clone()) {
            if !group.has(&member) {
                group.members.push(member);
            }
        }
        let id = group.id.clone();
        self.groups.all.push(group);
        id
    }

    /// Changes a group of whatever kind; each part that changes is told.
    pub(crate) fn change_group(
        &mut self,
        id: &str,
        change: GroupChange,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.check_members(change.add.iter())?;
        let group = self.groups.group_mut(id).filter(|group| !group.disbanded).ok_or_else(no_such_group)?;
        let GroupChange { title, owner, add, remove, icon, options } = change;
        let coming: Vec<_> = add.into_iter().filter(|userid| !group.has(userid)).collect();
        let going: Vec<_> = remove.into_iter().filter(|userid| group.has(userid)).collect();
        let next_owner = owner.clone().unwrap_or_else(|| group.owner.clone());
        if group.members.len() + coming.len() > MOST_MEMBERS {
            return Err(too_many());
        }
        let stays = group.has(&next_owner) || coming.contains(&next_owner);
        if !stays || going.contains(&next_owner) {
            return Err(Refusal::coded("parameter.invalid", "the owner must be a member"));
        }
        group.members.extend(coming.iter().cloned());
        group.members.retain(|member| !going.contains(member));
        group.admins.retain(|admin| !going.contains(admin));
        group.icon = icon.or(group.icon.take());
        group.options.extend(options);
        let renamed = title.filter(|title| *title != group.title);
        if let Some(title) = &renamed {
            group.title.clone_from(title);
        }
        let handed_over = owner.filter(|owner| *owner != group.owner);
        group.owner = next_owner;
        if !coming.is_empty() {
            self.tell_group(id, "chat_add_member", self.people_fields(&coming), now);
        }
        if !going.is_empty() {
            self.tell_group(id, "chat_remove_member", self.people_fields(&going), now);
        }
        if let Some(title) = renamed {
            self.tell_group(id, "chat_update_title", json!({ "title": title }), now);
        }
        if let Some(owner) = handed_over {
            self.tell_group(id, "chat_update_owner", json!({ "owner": owner }), now);
        }
        Ok(())
    }

    pub(crate) fn disband(&mut self, id: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
        let group = self.groups.group_mut(id).filter(|group| !group.disbanded).ok_or_else(no_such_group)?;
        group.disbanded = true;
        self.tell_group(id, "chat_disband", json!({}), now);
        Ok(())
    }

    /// A member leaves by themselves.
    pub(crate) fn leave_group(&mut self, id: &str, userid: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
        let group = self.groups.group_mut(id).filter(|group| !group.disbanded).ok_or_else(no_such_group)?;
        if !group.has(userid) || group.owner == userid {
            return Err(Refusal::Parameter(format!("{userid} is no member, or the owner")));
        }
        group.members.retain(|member| member != userid);
        self.tell_group(id, "chat_quit", self.people_fields(&[userid.to_owned()]), now);
        Ok(())
    }

    /// Somebody adds the app's robot to a group, or takes it out.
    pub(crate) fn set_robot(&mut self, id: &str, present: bool) -> Result<(), Refusal> {
        let group = self.groups.group_mut(id).filter(|group| !group.disbanded).ok_or_else(no_such_group)?;
        group.robot = present;
        Ok(())
    }

    /// Somebody adds a webhook robot to a group.
    pub(crate) fn add_webhook(&mut self, id: &str, setting: config::CustomRobot) -> Result<(), Refusal> {
        if self.groups.webhook_mut(&setting.token).is_some() {
            return Err(Refusal::Parameter("the token is already taken".to_owned()));
        }
        let group = self.groups.group_mut(id).filter(|group| !group.disbanded).ok_or_else(no_such_group)?;
        group.custom_robots.push(GroupWebhook::new(setting));
        Ok(())
    }

    fn check_members<'a>(&self, mut people: impl Iterator<Item = &'a String>) -> Result<(), Refusal> {
        match people.find(|userid| !self.directory.has(userid)) {
            Some(userid) => Err(Refusal::coded("parameter.invalid", format!("there is no person {userid}"))),
            None => Ok(()),
        }
    }

    fn people_fields(&self, people: &[String]) -> Value {
        let unionids: Vec<_> = people.iter().map(|userid| self.unionid(userid)).collect();
        json!({"userId": people, "unionId": unionids})
    }

    fn unionid(&self, userid: &str) -> &str {
        self.directory.person(userid).map_or("", |person| &person.unionid)
    }

    /// The app acts in the name of the owner.
    fn tell_group(&mut self, id: &str, kind: &str, fields: Value, now: DateTime<Utc>) {
        let Some(group) = self.groups.group(id) else { return };
        let mut all = json!({
            "timeStamp": now.timestamp_millis(),
            "chatId": group.chat_id,
            "openConversationId": group.id,
            "corpId": self.groups.corp,
            "operator": group.owner,
            "operatorUnionId": self.unionid(&group.owner),
        });
        if let (Value::Object(all), Value::Object(fields)) = (&mut all, fields) {
            all.extend(fields);
            let what = Happening::Other { kind: kind.to_owned(), fields: std::mem::take(all) };
            self.happen(what, now);
        }
    }
}

impl GroupWebhook {
    fn new(setting: config::CustomRobot) -> Self {
        Self { setting, spoke: VecDeque::new(), silent_until: None, said: BTreeSet::new() }
    }
}

pub(crate) fn no_such_group() -> Refusal {
    Refusal::coded("invalid.openConversationId", "there is no such group, or it is disbanded")
}

fn too_many() -> Refusal {
    Refusal::coded("member.exceed", "a group has at most 1000 members")
}
