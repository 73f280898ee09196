//! Roles are made, named, given and taken; the app is told.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::world::{DirectoryNews, Happening, Refusal, Role, Tenancy};

impl Tenancy {
    pub(crate) fn create_role_group(&mut self, name: String, now: DateTime<Utc>) -> i64 {
        let id = self.ids.number();
        self.roles.put_group(id, name);
        self.happen(Happening::Directory(DirectoryNews::RoleMade(id)), now);
        id
    }

    pub(crate) fn create_role(
        &mut self,
        group: i64,
        name: String,
        now: DateTime<Utc>,
    ) -> Result<i64, Refusal> {
        if self.roles.group(group).is_none() {
            return Err(Refusal::old(34020, "无效的groupId"));
        }
        if self.roles.of_group(group).any(|role| role.name == name) {
            return Err(Refusal::old(34021, "角色名称已存在"));
        }
        let id = self.ids.number();
        self.roles.put(Role { id, name, group, members: BTreeMap::new() });
        self.happen(Happening::Directory(DirectoryNews::RoleMade(id)), now);
        Ok(id)
    }

    pub(crate) fn rename_role(&mut self, id: i64, name: String, now: DateTime<Utc>) -> Result<(), Refusal> {
        let role = self.roles.own(id)?;
        if role.name == name {
            return Ok(());
        }
        let before = std::mem::replace(&mut role.name, name.clone());
        let group = role.group;
        let news = DirectoryNews::RoleRenamed { id, group, before, after: name };
        self.happen(Happening::Directory(news), now);
        Ok(())
    }

    pub(crate) fn delete_role(&mut self, id: i64, now: DateTime<Utc>) -> Result<(), Refusal> {
        if !self.roles.own(id)?.members.is_empty() {
            return Err(Refusal::Parameter("somebody still has the role".to_owned()));
        }
        self.roles.remove(id);
        self.happen(Happening::Directory(DirectoryNews::RoleGone(id)), now);
        Ok(())
    }

    /// Each of the roles to each of the people, or nothing.
    pub(crate) fn give_roles(
        &mut self,
        roles: &[i64],
        people: &[String],
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.check_both(roles, people)?;
        let mut news = false;
        for id in roles {
            let role = self.roles.own(*id)?;
            for userid in people {
                if !role.members.contains_key(userid) {
                    role.members.insert(userid.clone(), Vec::new());
                    news = true;
                }
            }
        }
        if news {
            let (roles, people) = (roles.to_vec(), people.to_vec());
            self.happen(Happening::Directory(DirectoryNews::RolesGiven { roles, people }), now);
        }
        Ok(())
    }

    pub(crate) fn take_roles(
        &mut self,
        roles: &[i64],
        people: &[String],
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.check_both(roles, people)?;
        let mut news = false;
        for id in roles {
            let role = self.roles.own(*id)?;
            for userid in people {
                news |= role.members.remove(userid).is_some();
            }
        }
        if news {
            let (roles, people) = (roles.to_vec(), people.to_vec());
            self.happen(Happening::Directory(DirectoryNews::RolesTaken { roles, people }), now);
        }
        Ok(())
    }

    pub(crate) fn set_role_scope(
        &mut self,
        id: i64,
        userid: &str,
        departments: Vec<i64>,
    ) -> Result<(), Refusal> {
        for department in &departments {
            self.directory.department(*department)?;
        }
        let unknown = |_no: Refusal| Refusal::old(60301, "无效的role_id");
        let role = self.roles.own(id).map_err(unknown)?;
        let scope = role.members.get_mut(userid).ok_or_else(|| Refusal::old(40003, "无效的userId"))?;
        *scope = departments;
        Ok(())
    }

    fn check_both(&mut self, roles: &[i64], people: &[String]) -> Result<(), Refusal> {
        for id in roles {
            self.roles.own(*id)?;
        }
        match people.iter().find(|userid| !self.directory.has(userid)) {
            Some(_) => Err(Refusal::old(33012, "无效的userId")),
            None => Ok(()),
        }
    }
}
