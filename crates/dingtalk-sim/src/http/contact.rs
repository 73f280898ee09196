//! The directory as the app may read it.

use serde_json::{Value, json};

use crate::http::call::Call;
use crate::world::{Person, ROOT, Refusal};

const LARGEST_PAGE: usize = 100;

pub(super) fn user(mut call: Call<'_>) -> Result<Value, Refusal> {
    let userid = call.body.text("userid")?;
    call.body.ignore(&["language"]);
    call.read_whole()?;
    let person = call.state.tenancy.directory.person(&userid)?;
    let mut result = record(person);
    if let Some(fields) = result.as_object_mut() {
        let leads = |id: &i64| json!({"dept_id": id, "leader": person.leads.contains(id)});
        fields.insert("leader_in_dept".to_owned(), person.departments.iter().map(leads).collect());
    }
    Ok(json!({ "result": result }))
}

pub(super) fn users(mut call: Call<'_>) -> Result<Value, Refusal> {
    let department = call.body.number("dept_id")?;
    let cursor = usize::try_from(call.body.number("cursor")?).unwrap_or(usize::MAX);
    let size = usize::try_from(call.body.number("size")?).unwrap_or(0);
    call.body.ignore(&["order_field", "contain_access_limit", "language"]);
    call.read_whole()?;
    if size == 0 || size > LARGEST_PAGE {
        return Err(Refusal::Parameter(format!("size must be 1 to {LARGEST_PAGE}")));
    }
    let directory = &call.state.tenancy.directory;
    directory.department(department)?;
    let rest: Vec<_> = directory.members(department).skip(cursor).take(size + 1).collect();
    let list: Vec<_> = rest
        .iter()
        .take(size)
        .map(|person| {
            let mut item = record(person);
            if let Some(fields) = item.as_object_mut() {
                fields.insert("leader".to_owned(), json!(person.leads.contains(&department)));
            }
            item
        })
        .collect();
    let mut result = json!({"has_more": rest.len() > size, "list": list});
    if let Some(fields) = result.as_object_mut().filter(|_| rest.len() > size) {
        fields.insert("next_cursor".to_owned(), json!(cursor + size));
    }
    Ok(json!({ "result": result }))
}

pub(super) fn departments(mut call: Call<'_>) -> Result<Value, Refusal> {
    let parent = call.body.optional_number("dept_id")?.unwrap_or(ROOT);
    call.body.ignore(&["language"]);
    call.read_whole()?;
    let directory = &call.state.tenancy.directory;
    directory.department(parent)?;
    let below: Vec<_> = directory
        .departments_below(parent)
        .map(|department| {
            json!({
                "dept_id": department.id,
                "name": department.name,
                "parent_id": department.parent,
                "create_dept_group": false,
                "auto_add_user": false,
            })
        })
        .collect();
    Ok(json!({ "result": below }))
}

/// What `get` and `list` have in common. A missing value is a missing key.
fn record(person: &Person) -> Value {
    let mut record = json!({
        "userid": person.userid,
        "unionid": person.unionid,
        "name": person.name,
        "state_code": "86",
        "hide_mobile": false,
        "dept_id_list": person.departments,
        "active": person.active,
        "real_authed": person.active,
        "admin": false,
        "boss": false,
        "senior": false,
        "exclusive_account": false,
    });
    if let Some(fields) = record.as_object_mut() {
        for (key, value) in [("mobile", &person.mobile), ("title", &person.title)] {
            if let Some(value) = value {
                fields.insert(key.to_owned(), json!(value));
            }
        }
    }
    record
}
