//! Reading people.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use dingtalk::contact::{
    DepartmentLead, DepartmentOrder, Extension, PersonName, PersonNamePage, PersonRole, User, UserIds,
    UserPage,
};
use dingtalk::{DeptId, RoleId};
use serde_json::{Value, json};

use crate::config::{AdminLevel, App};
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{Person, Refusal, Tenancy};

const LARGEST_PAGE: usize = 100;

/// Field permissions, which the console grants beside the points of calls.
const SEES_MOBILE: &str = "fieldMobile";
const SEES_PERSONAL: &str = "fieldEmail";

pub(super) fn user(mut call: Call<'_>) -> Result<Value, Refusal> {
    let userid = call.body.text("userid")?;
    call.body.ignore(&["language"])?;
    call.read_whole()?;
    call.sees_person(&userid)?;
    let tenancy = &call.state.tenancy;
    let person = tenancy.directory.person(&userid)?;
    let order = |id: &i64| DepartmentOrder {
        dept_id: DeptId(*id),
        order: person.entry.order.get(id).copied().unwrap_or_default(),
    };
    let lead = |id: &i64| DepartmentLead { dept_id: DeptId(*id), leader: person.leads.contains(id) };
    let record = User {
        dept_order_list: person.departments.iter().map(order).collect(),
        leader_in_dept: person.departments.iter().map(lead).collect(),
        role_list: roles(tenancy, person),
        manager_userid: person.entry.manager.clone().map(id).transpose()?,
        ..record(&call.world.app, person)?
    };
    Ok(json!({ "result": wire(record)? }))
}

fn roles(tenancy: &Tenancy, person: &Person) -> Vec<PersonRole> {
    let one = |(role, group): (&crate::world::Role, &str)| PersonRole {
        id: RoleId(role.id),
        name: role.name.clone(),
        group_name: group.to_owned(),
    };
    tenancy.roles.of_person(person).map(one).collect()
}

pub(super) fn users(mut call: Call<'_>) -> Result<Value, Refusal> {
    let wanted = Wanted::read(&mut call)?;
    if wanted.size == 0 || wanted.size > LARGEST_PAGE {
        return Err(Refusal::Parameter(format!("size must be 1 to {LARGEST_PAGE}")));
    }
    let (found, next) = wanted.page(&call)?;
    let mut list = Vec::with_capacity(found.len());
    for person in found {
        let record = User {
            dept_order: person.entry.order.get(&wanted.department).copied(),
            ..record(&call.world.app, person)?
        };
        let mut item = wire(record)?;
        if let Some(fields) = item.as_object_mut() {
            fields.insert("leader".to_owned(), json!(person.leads.contains(&wanted.department)));
        }
        list.push(item);
    }
    let page = UserPage { has_more: next.is_some(), next_cursor: next, list: Vec::new() };
    let mut result = wire(page)?;
    if let Some(fields) = result.as_object_mut() {
        fields.insert("list".to_owned(), list.into());
    }
    Ok(json!({ "result": result }))
}

pub(super) fn names(mut call: Call<'_>) -> Result<Value, Refusal> {
    let wanted = Wanted::read(&mut call)?;
    if wanted.size == 0 || wanted.size > LARGEST_PAGE {
        return Err(Refusal::old(40069, "无效的size"));
    }
    let (found, next) = wanted.page(&call)?;
    let name =
        |person: &Person| Ok(PersonName { userid: id(person.userid.clone())?, name: person.name.clone() });
    let list = found.into_iter().map(name).collect::<Result<_, _>>()?;
    let page = PersonNamePage { has_more: next.is_some(), next_cursor: next, list };
    Ok(json!({ "result": wire(page)? }))
}

/// Whatever the contact scope.
pub(super) fn ids(mut call: Call<'_>) -> Result<Value, Refusal> {
    let department = call.body.number("dept_id")?;
    call.read_whole()?;
    let directory = &call.state.tenancy.directory;
    directory.department(department)?;
    let userid_list =
        directory.members(department).map(|person| id(person.userid.clone())).collect::<Result<_, _>>()?;
    Ok(json!({ "result": wire(UserIds { userid_list })? }))
}

/// Which page of which department, in which order.
struct Wanted {
    department: i64,
    cursor: usize,
    size: usize,
    order: String,
}

impl Wanted {
    fn read(call: &mut Call<'_>) -> Result<Self, Refusal> {
        let department = call.body.number("dept_id")?;
        let cursor = usize::try_from(call.body.number("cursor")?)
            .map_err(|_negative| Refusal::old(40068, "无效的偏移量"))?;
        let size = usize::try_from(call.body.number("size")?).unwrap_or(0);
        let order = call.body.optional_text("order_field")?.unwrap_or_else(|| "custom".to_owned());
        call.body.flag("contain_access_limit")?;
        call.body.ignore(&["language"])?;
        call.read_whole()?;
        if !["entry_asc", "entry_desc", "modify_asc", "modify_desc", "custom"].contains(&order.as_str()) {
            return Err(Refusal::Parameter(format!("order_field {order} is not known")));
        }
        call.sees_department(department)?;
        Ok(Self { department, cursor, size, order })
    }

    fn page<'c>(&self, call: &'c Call<'_>) -> Result<(Vec<&'c Person>, Option<i64>), Refusal> {
        let directory = &call.state.tenancy.directory;
        let mut people: Vec<_> = directory.members(self.department).collect();
        let changed = |person: &Person| person.entry.changed_at.unwrap_or(person.joined_at);
        match self.order.as_str() {
            "entry_asc" => people.sort_by_key(|person| person.joined_at),
            "entry_desc" => people.sort_by_key(|person| Reverse(person.joined_at)),
            "modify_asc" => people.sort_by_key(|person| changed(person)),
            "modify_desc" => people.sort_by_key(|person| Reverse(changed(person))),
            _ => people.sort_by_key(|person| Reverse(person.entry.order.get(&self.department).copied())),
        }
        let rest: Vec<_> = people.into_iter().skip(self.cursor).collect();
        let next = (rest.len() > self.size).then_some(self.cursor + self.size);
        let next = next.map(i64::try_from).transpose().map_err(|_too_far| Refusal::System)?;
        Ok((rest.into_iter().take(self.size).collect(), next))
    }
}

/// What `get` and `list` have in common. A missing value is a missing key, and so is one that the app may not see.
fn record(app: &App, person: &Person) -> Result<User, Refusal> {
    let entry = &person.entry;
    let seen =
        |point: &str, value: &Option<String>| value.clone().filter(|_| app.has(point)).unwrap_or_default();
    let plain = |value: &Option<String>| value.clone().unwrap_or_default();
    let extension = if app.has(SEES_PERSONAL) { entry.extension.clone() } else { BTreeMap::default() };
    Ok(User {
        userid: id(person.userid.clone())?,
        unionid: Some(id(person.unionid.clone())?),
        name: person.name.clone(),
        avatar: String::new(),
        state_code: if app.has(SEES_MOBILE) { "86".to_owned() } else { String::new() },
        mobile: seen(SEES_MOBILE, &person.mobile),
        hide_mobile: entry.hide_mobile,
        telephone: plain(&entry.telephone),
        job_number: plain(&entry.job_number),
        title: plain(&person.title),
        email: seen(SEES_PERSONAL, &entry.email),
        org_email: String::new(),
        work_place: seen(SEES_PERSONAL, &entry.work_place),
        remark: seen(SEES_PERSONAL, &entry.remark),
        manager_userid: None,
        dept_id_list: person.departments.iter().copied().map(DeptId).collect(),
        dept_order_list: Vec::new(),
        leader_in_dept: Vec::new(),
        leader: false,
        dept_order: None,
        role_list: Vec::new(),
        extension: Extension(extension),
        hired_date: entry.hired_date,
        active: person.active,
        real_authed: person.active,
        senior: entry.senior,
        admin: entry.admin.is_some(),
        boss: false,
        exclusive_account: false,
    })
}

/// 1 the main administrator, 2 another one, 0 nobody special.
pub(in crate::http) fn sys_level(person: &Person) -> i64 {
    match person.entry.admin {
        Some(AdminLevel::Main) => 1,
        Some(AdminLevel::Sub) => 2,
        None => 0,
    }
}
