//! Adding, changing and removing departments.

use dingtalk::DeptId;
use dingtalk::contact::NewDepartmentId;
use serde_json::{Value, json};

use crate::http::answer::wire;
use crate::http::call::Call;
use crate::world::{DepartmentChange, Refusal};

const FLAGS: [&str; 9] = [
    "hide_dept",
    "outer_dept",
    "outer_dept_only_self",
    "create_dept_group",
    "auto_approve_apply",
    "auto_add_user",
    "group_contain_sub_dept",
    "group_contain_outer_dept",
    "group_contain_hidden_dept",
];

/// Departments and people of a pair count together.
const MOST_PERMITS: usize = 50;

/// Settings that only a change may touch.
const ONLY_CHANGED: [&str; 4] =
    ["auto_add_user", "group_contain_sub_dept", "group_contain_outer_dept", "group_contain_hidden_dept"];

pub(super) fn create(mut call: Call<'_>) -> Result<Value, Refusal> {
    let name = call.body.text("name")?;
    let parent = call.body.number("parent_id")?;
    let change = change(&mut call)?;
    call.read_whole()?;
    if let Some(name) = ONLY_CHANGED.iter().find(|name| change.settings.contains_key(**name)) {
        return Err(Refusal::Parameter(format!("body.{name} is not a field of this call")));
    }
    if call.state.tenancy.directory.department(parent).is_ok() {
        call.sees_department(parent)?;
    }
    let made = call.state.tenancy.create_department(&name, parent, change, call.now)?;
    Ok(json!({ "result": wire(NewDepartmentId { dept_id: DeptId(made) })? }))
}

pub(super) fn update(mut call: Call<'_>) -> Result<Value, Refusal> {
    let department = call.body.number("dept_id")?;
    let name = call.body.optional_text("name")?;
    let parent = call.body.optional_number("parent_id")?;
    let leaders = call.body.commas("dept_manager_userid_list")?;
    let forced = call.body.commas("force_update_fields")?.unwrap_or_default();
    let mut change = change(&mut call)?;
    for (name, most) in [("org_dept_owner", usize::MAX), ("code", 30)] {
        if let Some(text) = call.body.optional_text(name)? {
            if text.chars().count() > most {
                return Err(call.body.complaint(name, &format!("has at most {most} characters")));
            }
            change.settings.insert(name.to_owned(), text.into());
        }
    }
    call.body.ignore(&["language"])?;
    call.read_whole()?;
    if let Some(field) = forced.iter().find(|field| *field != "dept_manager_userid_list") {
        return Err(Refusal::Parameter(format!("force_update_fields does not know {field}")));
    }
    call.sees_department(department)?;
    // An empty list clears only what is forced.
    let leaders = leaders.filter(|leaders| !leaders.is_empty()).or((!forced.is_empty()).then(Vec::new));
    let change = DepartmentChange { name, parent, leaders, ..change };
    call.state.tenancy.change_department(department, change, call.now)?;
    Ok(json!({}))
}

pub(super) fn delete(mut call: Call<'_>) -> Result<Value, Refusal> {
    let department = call.body.number("dept_id")?;
    call.read_whole()?;
    call.sees_department(department)?;
    call.state.tenancy.delete_department(department, call.now)?;
    Ok(json!({}))
}

/// What creating and changing have in common.
fn change(call: &mut Call<'_>) -> Result<DepartmentChange, Refusal> {
    let body = &mut call.body;
    let mut change =
        DepartmentChange { order: body.optional_number("order")?, ..DepartmentChange::default() };
    for name in FLAGS {
        if let Some(flag) = body.optional_flag(name)? {
            change.settings.insert(name.to_owned(), flag.into());
        }
    }
    if let Some(text) = body.optional_text("source_identifier")? {
        change.settings.insert("source_identifier".to_owned(), text.into());
    }
    for (departments, people) in
        [("dept_permits", "user_permits"), ("outer_permit_depts", "outer_permit_users")]
    {
        let (seen, seeing) = (body.number_commas(departments)?, body.commas(people)?);
        let count = seen.as_ref().map_or(0, Vec::len) + seeing.as_ref().map_or(0, Vec::len);
        if count > MOST_PERMITS {
            return Err(Refusal::old(60109, "非法的可查看id列表"));
        }
        if let Some(ids) = seen {
            change.settings.insert(departments.to_owned(), ids.into());
        }
        if let Some(ids) = seeing {
            change.settings.insert(people.to_owned(), ids.into());
        }
    }
    Ok(change)
}
