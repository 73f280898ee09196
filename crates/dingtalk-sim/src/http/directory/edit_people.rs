//! Adding, changing and removing people.

use std::collections::BTreeMap;

use dingtalk::contact::NewPersonId;
use serde_json::{Value, json};

use crate::config::World;
use crate::forms::Strict;
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{NewPerson, PersonChange, Refusal};

const MOST_DEPARTMENTS: usize = 100;
const LONGEST_EXTENSION: usize = 2000;

pub(super) fn create(mut call: Call<'_>) -> Result<Value, Refusal> {
    let userid = call.body.optional_text("userid")?;
    let name = call.body.text("name")?;
    let mobile = call.body.text("mobile")?;
    let departments = call.body.number_commas("dept_id_list")?.unwrap_or_default();
    let rest = change(&mut call)?;
    call.body.ignore(&["org_email", "org_email_type", "login_email"])?;
    call.read_whole()?;
    if userid.as_ref().is_some_and(|userid| userid.is_empty() || userid.chars().count() > 64) {
        return Err(Refusal::Parameter("userid has 1 to 64 characters".to_owned()));
    }
    if name.is_empty() || name.chars().count() > 80 {
        return Err(Refusal::old(60112, "用户name不合法"));
    }
    if mobile.len() < 6 || !mobile.chars().all(|c| c.is_ascii_digit() || c == '+' || c == '-') {
        return Err(Refusal::old(60103, "手机号码不合法"));
    }
    check_departments(&call, &departments)?;
    let new = NewPerson { userid, name, mobile, departments, rest };
    let person = call.state.tenancy.create_person(new, call.now)?;
    let made = NewPersonId { userid: id(person.userid)?, union_id: Some(id(person.unionid)?) };
    Ok(json!({ "result": wire(made)? }))
}

pub(super) fn update(mut call: Call<'_>) -> Result<Value, Refusal> {
    let userid = call.body.text("userid")?;
    let name = call.body.optional_text("name")?;
    let departments = call.body.number_commas("dept_id_list")?;
    let merges = match call.body.optional_number("ext_attrs_update_mode")?.unwrap_or(0) {
        0 => false,
        1 => true,
        other => return Err(Refusal::Parameter(format!("ext_attrs_update_mode is 0 or 1, not {other}"))),
    };
    let forced = call.body.commas("force_update_fields")?.unwrap_or_default();
    let rest = change(&mut call)?;
    call.body.ignore(&["language", "org_email"])?;
    call.read_whole()?;
    if let Some(field) = forced.iter().find(|field| *field != "manager_userid") {
        return Err(Refusal::Parameter(format!("force_update_fields does not know {field}")));
    }
    if name.as_ref().is_some_and(|name| name.is_empty() || name.chars().count() > 80) {
        return Err(Refusal::old(60112, "用户name不合法"));
    }
    call.sees_person(&userid)?;
    if let Some(departments) = &departments {
        check_departments(&call, departments)?;
    }
    let without_manager = !forced.is_empty() && rest.manager.is_none();
    let change = PersonChange { name, departments, without_manager, replaces_extension: !merges, ..rest };
    call.state.tenancy.change_person(&userid, change, call.now)?;
    Ok(json!({}))
}

pub(super) fn delete(mut call: Call<'_>) -> Result<Value, Refusal> {
    let userid = call.body.text("userid")?;
    call.read_whole()?;
    if !call.state.tenancy.directory.has(&userid) {
        return Err(Refusal::old(33012, "无效的userId"));
    }
    call.sees_person(&userid)?;
    call.state.tenancy.remove_person(&userid, call.now)?;
    Ok(json!({}))
}

fn check_departments(call: &Call<'_>, departments: &[i64]) -> Result<(), Refusal> {
    if departments.is_empty() || departments.len() > MOST_DEPARTMENTS {
        return Err(Refusal::Parameter(format!("dept_id_list has 1 to {MOST_DEPARTMENTS} departments")));
    }
    departments.iter().try_for_each(|department| call.sees_department(*department))
}

/// What creating and changing have in common.
fn change(call: &mut Call<'_>) -> Result<PersonChange, Refusal> {
    let body = &mut call.body;
    for list in ["dept_title_list", "dept_position_list"] {
        body.list(list)?;
    }
    body.optional_object_or_text("extension_i18n")?;
    let mut order = BTreeMap::new();
    for mut item in body.objects("dept_order_list")? {
        order.insert(item.number("dept_id")?, item.number("order")?);
        item.done()?;
    }
    Ok(PersonChange {
        title: short(body, "title", 200)?,
        job_number: short(body, "job_number", 50)?,
        telephone: short(body, "telephone", 50)?,
        email: short(body, "email", 50)?,
        work_place: short(body, "work_place", 100)?,
        remark: short(body, "remark", 2000)?,
        manager: body.optional_text("manager_userid")?,
        hired_date: body.optional_number("hired_date")?,
        hide_mobile: body.optional_flag("hide_mobile")?,
        senior: body.optional_flag("senior_mode")?,
        extension: extension(body, call.world)?,
        order,
        ..PersonChange::default()
    })
}

fn short(body: &mut Strict, name: &str, most: usize) -> Result<Option<String>, Refusal> {
    match body.optional_text(name)? {
        Some(text) if text.chars().count() > most => {
            Err(body.complaint(name, &format!("has at most {most} characters")))
        }
        text => Ok(text),
    }
}

/// Only fields that the console knows, when the world file says which.
fn extension(body: &mut Strict, world: &World) -> Result<Option<BTreeMap<String, String>>, Refusal> {
    let Some(fields) = body.optional_object_or_text("extension")? else { return Ok(None) };
    fields.check_size(LONGEST_EXTENSION)?;
    let Value::Object(fields) = fields.into_value() else { return Ok(None) };
    let mut read = BTreeMap::new();
    for (name, value) in fields {
        if world.extension_fields.as_ref().is_some_and(|known| !known.contains(&name)) {
            return Err(Refusal::old(60122, "不合法的extattr"));
        }
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        read.insert(name, value);
    }
    Ok(Some(read))
}
