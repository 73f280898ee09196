//! Reading roles.

use dingtalk::contact::{
    ManageScope, NamedRole, Role, RoleDetail, RoleGroup, RoleGroupDetail, RoleGroupPage, RoleMember,
    RoleMemberPage,
};
use dingtalk::{DeptId, RoleGroupId, RoleId};
use serde_json::{Value, json};

use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{Refusal, Roles};

const DEFAULT_PAGE: usize = 20;
const MOST_GROUPS: usize = 200;
const MOST_PEOPLE: usize = 100;

pub(super) fn list(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (offset, size) = page(&mut call, MOST_GROUPS)?;
    let roles = &call.state.tenancy.roles;
    let group = |(id, name): (i64, &str)| RoleGroup {
        group_id: RoleGroupId(id),
        name: name.to_owned(),
        roles: roles.of_group(id).map(|role| Role { id: RoleId(role.id), name: role.name.clone() }).collect(),
    };
    let mut rest = roles.groups().skip(offset);
    let list = rest.by_ref().take(size).map(group).collect();
    let has_more = rest.next().is_some();
    Ok(json!({ "result": wire(RoleGroupPage { has_more, list })? }))
}

pub(super) fn members(mut call: Call<'_>) -> Result<Value, Refusal> {
    let role = call.body.number("role_id")?;
    let (offset, size) = page(&mut call, MOST_PEOPLE)?;
    let (roles, directory) = (&call.state.tenancy.roles, &call.state.tenancy.directory);
    let scope = |id: &i64| ManageScope {
        dept_id: DeptId(*id),
        name: directory.department(*id).map(|one| one.name.clone()).unwrap_or_default(),
    };
    let mut rest = Roles::members(roles.role(role)?, directory).skip(offset);
    let mut list = Vec::new();
    for (person, scopes) in rest.by_ref().take(size) {
        list.push(RoleMember {
            userid: id(person.userid.clone())?,
            name: person.name.clone(),
            manage_scopes: scopes.iter().map(scope).collect(),
        });
    }
    let has_more = rest.next().is_some();
    Ok(json!({ "result": wire(RoleMemberPage { has_more, list })? }))
}

pub(super) fn one(mut call: Call<'_>) -> Result<Value, Refusal> {
    let role = call.body.number("roleId")?;
    call.read_whole()?;
    let role = call.state.tenancy.roles.role(role)?;
    let detail = RoleDetail { name: role.name.clone(), group_id: RoleGroupId(role.group) };
    Ok(json!({ "role": wire(detail)? }))
}

pub(super) fn group(mut call: Call<'_>) -> Result<Value, Refusal> {
    let group = call.body.number("group_id")?;
    call.read_whole()?;
    let roles = &call.state.tenancy.roles;
    let unknown = || Refusal::Parameter(format!("there is no role group {group}"));
    let detail = RoleGroupDetail {
        group_name: roles.group(group).ok_or_else(unknown)?.to_owned(),
        roles: roles
            .of_group(group)
            .map(|role| NamedRole { role_id: RoleId(role.id), role_name: role.name.clone() })
            .collect(),
    };
    Ok(json!({ "role_group": wire(detail)? }))
}

/// Both or neither.
fn page(call: &mut Call<'_>, most: usize) -> Result<(usize, usize), Refusal> {
    let offset = call.body.optional_number("offset")?;
    let size = call.body.optional_number("size")?;
    call.read_whole()?;
    let (Some(offset), Some(size)) = (offset, size) else { return Ok((0, DEFAULT_PAGE)) };
    let offset = usize::try_from(offset).map_err(|_negative| Refusal::old(40068, "无效的偏移量"))?;
    match usize::try_from(size) {
        Ok(size) if size > 0 && size <= most => Ok((offset, size)),
        _ => Err(Refusal::old(40069, "无效的size")),
    }
}
