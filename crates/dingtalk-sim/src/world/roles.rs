//! Roles and their groups. The built-in group has no members of its own: it follows from who leads and who administers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::config::{AdminLevel, World};
use crate::world::{Directory, Person, Refusal};

/// The built-in group, then 负责人, 主管, 主管理员, 子管理员.
pub(crate) const BUILT_IN: [i64; 5] = [900_001, 900_002, 900_003, 900_004, 900_005];

const NAMES: [&str; 5] = ["默认", "负责人", "主管", "主管理员", "子管理员"];

#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) struct Role {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) group: i64,
    /// Who has it, and for which departments; for all when none is named.
    pub(crate) members: BTreeMap<String, Vec<i64>>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Roles {
    groups: BTreeMap<i64, String>,
    roles: BTreeMap<i64, Role>,
}

impl Roles {
    /// What the file has and this has not. Members are set once: afterwards people have given and taken them.
    pub(crate) fn refresh(&mut self, world: &World) {
        for (id, name) in BUILT_IN.into_iter().zip(NAMES) {
            if id == BUILT_IN[0] {
                self.groups.insert(id, name.to_owned());
            } else {
                let role = Role { id, name: name.to_owned(), group: BUILT_IN[0], members: BTreeMap::new() };
                self.roles.insert(id, role);
            }
        }
        for group in &world.role_groups {
            self.groups.entry(group.id).or_insert_with(|| group.name.clone());
        }
        for role in &world.roles {
            let members = role.members.iter().map(|userid| (userid.clone(), Vec::new())).collect();
            let new = Role { id: role.id, name: role.name.clone(), group: role.group, members };
            self.roles.entry(role.id).or_insert(new);
        }
    }

    pub(crate) fn groups(&self) -> impl Iterator<Item = (i64, &str)> {
        self.groups.iter().map(|(id, name)| (*id, name.as_str()))
    }

    pub(crate) fn group(&self, id: i64) -> Option<&str> {
        self.groups.get(&id).map(String::as_str)
    }

    pub(crate) fn of_group(&self, group: i64) -> impl Iterator<Item = &Role> {
        self.roles.values().filter(move |role| role.group == group)
    }

    pub(crate) fn role(&self, id: i64) -> Result<&Role, Refusal> {
        self.roles.get(&id).ok_or(Refusal::NoSuchRole(id))
    }

    /// A role that may be changed: not a built-in one.
    pub(crate) fn own(&mut self, id: i64) -> Result<&mut Role, Refusal> {
        if BUILT_IN.contains(&id) {
            return Err(Refusal::BuiltInRole(id));
        }
        self.roles.get_mut(&id).ok_or(Refusal::NoSuchRole(id))
    }

    pub(crate) fn put_group(&mut self, id: i64, name: String) {
        self.groups.insert(id, name);
    }

    pub(crate) fn put(&mut self, role: Role) {
        self.roles.insert(role.id, role);
    }

    pub(crate) fn remove(&mut self, id: i64) {
        self.roles.remove(&id);
    }

    /// Whoever leaves has no role any more.
    pub(crate) fn forget(&mut self, userid: &str) {
        for role in self.roles.values_mut() {
            role.members.remove(userid);
        }
    }

    /// Everybody who has a role, with their departments for it.
    pub(crate) fn members<'a>(
        role: &'a Role,
        directory: &'a Directory,
    ) -> impl Iterator<Item = (&'a Person, &'a [i64])> {
        directory.people().filter_map(|person| role.scope_of(person).map(|scope| (person, scope)))
    }

    /// Every role of a person, with the name of its group.
    pub(crate) fn of_person<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = (&'a Role, &'a str)> {
        self.roles
            .values()
            .filter(|role| role.scope_of(person).is_some())
            .map(|role| (role, self.group(role.group).unwrap_or_default()))
    }
}

impl Role {
    /// Whether somebody has it, and for which departments.
    fn scope_of(&self, person: &Person) -> Option<&[i64]> {
        let [_, _, leader, main, sub] = BUILT_IN;
        let built_in = match self.id {
            id if id == leader => !person.leads.is_empty(),
            id if id == main => person.entry.admin == Some(AdminLevel::Main),
            id if id == sub => person.entry.admin == Some(AdminLevel::Sub),
            _ => return self.members.get(&person.userid).map(Vec::as_slice),
        };
        built_in.then_some(&[])
    }
}
