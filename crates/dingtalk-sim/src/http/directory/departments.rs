//! Reading departments.

use dingtalk::DeptId;
use dingtalk::contact::{
    Department, DepartmentDetail, DepartmentIds, ParentChain, ParentsOfDepartment, ParentsOfPerson,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{Department as Kept, ROOT, Refusal};

pub(super) fn one(mut call: Call<'_>) -> Result<Value, Refusal> {
    let department = call.body.number("dept_id")?;
    call.body.ignore(&["language"])?;
    call.read_whole()?;
    call.sees_department(department)?;
    let directory = &call.state.tenancy.directory;
    let kept = directory.department(department)?;
    let count = |people: usize| i64::try_from(people).ok();
    let (hidden, outer) = (kept.flag("hide_dept"), kept.flag("outer_dept"));
    let detail = DepartmentDetail {
        dept_id: DeptId(kept.id),
        name: kept.name.clone(),
        parent_id: (kept.id != ROOT).then_some(DeptId(kept.parent)),
        source_identifier: setting(kept, "source_identifier"),
        code: setting(kept, "code"),
        order: kept.order,
        dept_manager_userid_list: directory
            .leaders(department)
            .map(|person| id(person.userid.clone()))
            .collect::<Result<_, _>>()?,
        create_dept_group: kept.flag("create_dept_group"),
        dept_group_chat_id: String::new(),
        auto_add_user: kept.flag("auto_add_user"),
        group_contain_sub_dept: kept.flag("group_contain_sub_dept"),
        org_dept_owner: kept.settings.get("org_dept_owner").and_then(read_setting),
        auto_approve_apply: kept.flag("auto_approve_apply"),
        hide_dept: hidden,
        dept_permits: listed(kept, "dept_permits", hidden),
        user_permits: listed(kept, "user_permits", hidden),
        outer_dept: outer,
        outer_permit_depts: listed(kept, "outer_permit_depts", outer),
        outer_permit_users: listed(kept, "outer_permit_users", outer),
        from_union_org: false,
        member_count: count(directory.everybody_below(department)),
        owning_member_count: count(directory.members(department).count()),
    };
    Ok(json!({ "result": wire(detail)? }))
}

fn setting<T: DeserializeOwned + Default>(kept: &Kept, name: &str) -> T {
    kept.settings.get(name).and_then(read_setting).unwrap_or_default()
}

fn read_setting<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

/// A list is answered only while what it is about is switched on.
fn listed<T: DeserializeOwned>(kept: &Kept, name: &str, on: bool) -> Vec<T> {
    if on { setting(kept, name) } else { Vec::new() }
}

pub(super) fn below(mut call: Call<'_>) -> Result<Value, Refusal> {
    let parent = call.body.optional_number("dept_id")?.unwrap_or(ROOT);
    call.body.ignore(&["language"])?;
    call.read_whole()?;
    call.sees_department(parent)?;
    let department = |kept: &Kept| Department {
        dept_id: DeptId(kept.id),
        name: kept.name.clone(),
        parent_id: Some(DeptId(kept.parent)),
        create_dept_group: kept.flag("create_dept_group"),
        auto_add_user: kept.flag("auto_add_user"),
    };
    let below: Vec<_> = call.state.tenancy.directory.departments_below(parent).map(department).collect();
    Ok(json!({ "result": wire(below)? }))
}

pub(super) fn ids_below(mut call: Call<'_>) -> Result<Value, Refusal> {
    let parent = call.body.number("dept_id")?;
    call.read_whole()?;
    let directory = &call.state.tenancy.directory;
    directory.department(parent)?;
    let dept_id_list = directory.departments_below(parent).map(|one| DeptId(one.id)).collect();
    Ok(json!({ "result": wire(DepartmentIds { dept_id_list })? }))
}

pub(super) fn above(mut call: Call<'_>) -> Result<Value, Refusal> {
    let department = call.body.number("dept_id")?;
    call.read_whole()?;
    call.state.tenancy.directory.department(department)?;
    let parent_id_list = way(&call, department);
    Ok(json!({ "result": wire(ParentsOfDepartment { parent_id_list })? }))
}

pub(super) fn above_person(mut call: Call<'_>) -> Result<Value, Refusal> {
    let userid = call.body.text("userid")?;
    call.read_whole()?;
    let person = call.state.tenancy.directory.person(&userid);
    let departments = person.map_err(|_no| Refusal::old(33012, "无效的userId"))?.departments.clone();
    let chain = |department| ParentChain { parent_dept_id_list: way(&call, department) };
    let parent_list = departments.into_iter().map(chain).collect();
    Ok(json!({ "result": wire(ParentsOfPerson { parent_list })? }))
}

fn way(call: &Call<'_>, department: i64) -> Vec<DeptId> {
    call.state.tenancy.directory.way_up(department).into_iter().map(DeptId).collect()
}
