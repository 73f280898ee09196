//! Making, naming, giving and taking roles.

use serde_json::{Value, json};

use crate::http::call::Call;
use crate::world::Refusal;

const MOST: usize = 20;
const MOST_TAKEN_FROM: usize = 100;
const MOST_SCOPES: usize = 50;

pub(super) fn create(mut call: Call<'_>) -> Result<Value, Refusal> {
    let name = call.body.optional_text("roleName")?.filter(|name| !name.is_empty());
    let group = call.body.optional_number("groupId")?;
    call.read_whole()?;
    let (Some(name), Some(group)) = (name, group) else {
        return Err(Refusal::old(34018, "角色信息不能为空"));
    };
    let made = call.state.tenancy.create_role(group, name, call.now)?;
    Ok(json!({ "roleId": made }))
}

pub(super) fn rename(mut call: Call<'_>) -> Result<Value, Refusal> {
    let role = call.body.number("roleId")?;
    let name = call.body.text("roleName")?;
    call.read_whole()?;
    call.state.tenancy.rename_role(role, name, call.now)?;
    Ok(json!({}))
}

pub(super) fn delete(mut call: Call<'_>) -> Result<Value, Refusal> {
    let role = call.body.number("role_id")?;
    call.read_whole()?;
    call.state.tenancy.delete_role(role, call.now)?;
    Ok(json!({}))
}

pub(super) fn create_group(mut call: Call<'_>) -> Result<Value, Refusal> {
    let name = call.body.text("name")?;
    call.read_whole()?;
    let made = call.state.tenancy.create_role_group(name, call.now);
    Ok(json!({ "groupId": made }))
}

pub(super) fn give(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (roles, people) = both(&mut call, MOST)?;
    call.state.tenancy.give_roles(&roles, &people, call.now)?;
    Ok(json!({}))
}

pub(super) fn take(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (roles, people) = both(&mut call, MOST_TAKEN_FROM)?;
    call.state.tenancy.take_roles(&roles, &people, call.now)?;
    Ok(json!({}))
}

pub(super) fn scope(mut call: Call<'_>) -> Result<Value, Refusal> {
    let userid = call.body.text("userid")?;
    let role = call.body.number("role_id")?;
    let departments = call.body.number_commas("dept_ids")?.unwrap_or_default();
    call.read_whole()?;
    if departments.len() > MOST_SCOPES {
        return Err(Refusal::Parameter(format!("dept_ids has at most {MOST_SCOPES} departments")));
    }
    call.state.tenancy.set_role_scope(role, &userid, departments)?;
    Ok(json!({}))
}

fn both(call: &mut Call<'_>, most_people: usize) -> Result<(Vec<i64>, Vec<String>), Refusal> {
    let roles = call.body.number_commas("roleIds")?.unwrap_or_default();
    let people = call.body.commas("userIds")?.unwrap_or_default();
    call.read_whole()?;
    if roles.is_empty() || roles.len() > MOST {
        return Err(Refusal::Parameter(format!("roleIds has 1 to {MOST} roles")));
    }
    if people.is_empty() || people.len() > most_people {
        return Err(Refusal::Parameter(format!("userIds has 1 to {most_people} people")));
    }
    Ok((roles, people))
}
