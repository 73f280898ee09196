//! Departments come, change and go; the app is told.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::world::{Department, DepartmentChange, DirectoryNews, Happening, ROOT, Refusal, Tenancy};

const LONGEST_NAME: usize = 64;

impl Tenancy {
    pub(crate) fn create_department(
        &mut self,
        name: &str,
        parent: i64,
        change: DepartmentChange,
        now: DateTime<Utc>,
    ) -> Result<i64, Refusal> {
        check_name(name)?;
        self.check_place(None, name, parent)?;
        let id = self.ids.number();
        let department =
            Department { id, name: name.to_owned(), parent, order: change.order, settings: change.settings };
        self.directory.put_department(department);
        self.happen(Happening::Directory(DirectoryNews::DepartmentMade(id)), now);
        Ok(id)
    }

    pub(crate) fn change_department(
        &mut self,
        id: i64,
        change: DepartmentChange,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        if id == ROOT {
            return Err(Refusal::old(60018, "不允许更新根部门"));
        }
        let department = self.directory.department(id)?;
        if let Some(name) = &change.name {
            check_name(name)?;
        }
        if change.name.is_some() || change.parent.is_some() {
            let name = change.name.clone().unwrap_or_else(|| department.name.clone());
            let parent = change.parent.unwrap_or(department.parent);
            self.check_place(Some(id), &name, parent)?;
        }
        if change.leaders.as_ref().is_some_and(|leaders| !self.directory.are_in(leaders, id)) {
            return Err(Refusal::old(40031, "不存在的userId"));
        }
        let owner = change.settings.get("org_dept_owner").and_then(Value::as_str);
        if owner.is_some_and(|owner| !self.directory.are_in(&[owner.to_owned()], id)) {
            return Err(Refusal::old(40093, "无效的企业群群主"));
        }
        if self.directory.change_department(id, change)? {
            self.happen(Happening::Directory(DirectoryNews::DepartmentChanged(id)), now);
        }
        Ok(())
    }

    pub(crate) fn delete_department(&mut self, id: i64, now: DateTime<Utc>) -> Result<(), Refusal> {
        if id == ROOT {
            return Err(Refusal::old(60007, "不允许删除根部门"));
        }
        self.directory.department(id)?;
        if self.directory.departments_below(id).next().is_some() {
            return Err(Refusal::old(60006, "不允许删除有子部门的部门"));
        }
        if self.directory.members(id).next().is_some() {
            return Err(Refusal::old(60005, "不允许删除有成员的部门"));
        }
        self.directory.remove_department(id);
        self.happen(Happening::Directory(DirectoryNews::DepartmentGone(id)), now);
        Ok(())
    }

    fn check_place(&self, id: Option<i64>, name: &str, parent: i64) -> Result<(), Refusal> {
        if self.directory.department(parent).is_err() {
            return Err(Refusal::old(60004, "父亲部门不存在"));
        }
        if id.is_some_and(|id| self.directory.way_up(parent).contains(&id)) {
            return Err(Refusal::old(60010, "部门存在循环关系"));
        }
        let mut siblings = self.directory.departments_below(parent);
        if siblings.any(|sibling| Some(sibling.id) != id && sibling.name == name) {
            return Err(Refusal::old(60021, "父部门下该部门名称已存在"));
        }
        Ok(())
    }
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let length = name.chars().count();
    if length == 0 || length > LONGEST_NAME {
        return Err(Refusal::old(60001, "不合法的部门名称"));
    }
    if name.contains(['-', ',', '，']) {
        return Err(Refusal::old(60009, "部门名称含有非法字符"));
    }
    Ok(())
}
