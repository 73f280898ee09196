//! Finding people by something else than their userid, and who administers.

use dingtalk::DeptId;
use dingtalk::contact::{Admin, AdminScope, Count, Found, FoundByUnionId, OrgScopes, Scopes};
use serde_json::{Value, json};

use super::people::sys_level;
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{ROOT, Refusal};

pub(super) fn by_mobile(mut call: Call<'_>) -> Result<Value, Refusal> {
    let mobile = call.body.text("mobile")?;
    call.body.flag("support_exclusive_account_search")?;
    call.read_whole()?;
    if !mobile.chars().all(|c| c.is_ascii_digit() || c == '+' || c == '-') || mobile.is_empty() {
        return Err(Refusal::old(40104, "企业中无效的手机号"));
    }
    let mut people = call.state.tenancy.directory.people();
    let found = people.find(|person| person.mobile.as_ref() == Some(&mobile));
    let userid = found.map(|person| person.userid.clone()).ok_or_else(nobody)?;
    call.sees_person(&userid)?;
    Ok(json!({ "result": wire(Found { userid: id(userid)? })? }))
}

pub(super) fn by_union_id(mut call: Call<'_>) -> Result<Value, Refusal> {
    let unionid = call.body.text("unionid")?;
    call.read_whole()?;
    let found = call.state.tenancy.directory.people().find(|person| person.unionid == unionid);
    let userid = found.map(|person| person.userid.clone()).ok_or_else(nobody)?;
    call.sees_person(&userid)?;
    Ok(json!({ "result": wire(FoundByUnionId { contact_type: 0, userid: id(userid)? })? }))
}

fn nobody() -> Refusal {
    Refusal::old(60121, "找不到该用户")
}

pub(super) fn admins(mut call: Call<'_>) -> Result<Value, Refusal> {
    call.read_whole()?;
    let people = call.state.tenancy.directory.people().filter(|person| sys_level(person) > 0);
    let admin = |person: &crate::world::Person| {
        Ok(Admin { userid: id(person.userid.clone())?, sys_level: sys_level(person) })
    };
    Ok(json!({ "result": wire(people.map(admin).collect::<Result<Vec<_>, Refusal>>()?)? }))
}

/// An administrator of the simulator manages everything.
pub(super) fn admin_scope(mut call: Call<'_>) -> Result<Value, Refusal> {
    let userid = call.body.text("userid")?;
    call.read_whole()?;
    let manages = sys_level(call.state.tenancy.directory.person(&userid)?) > 0;
    wire(AdminScope { dept_ids: manages.then_some(DeptId(ROOT)).into_iter().collect() })
}

pub(super) fn count(mut call: Call<'_>) -> Result<Value, Refusal> {
    let only_active = call.body.optional_flag("only_active")?;
    call.read_whole()?;
    let only_active =
        only_active.ok_or_else(|| Refusal::Parameter("body.only_active is required".to_owned()))?;
    let people = call.state.tenancy.directory.people();
    let count = people.filter(|person| person.active || !only_active).count();
    let count = i64::try_from(count).map_err(|_too_many| Refusal::System)?;
    Ok(json!({ "result": wire(Count { count })? }))
}

pub(super) fn scopes(mut call: Call<'_>) -> Result<Value, Refusal> {
    call.read_whole()?;
    let auth_org_scopes = match &call.world.app.contact_scope {
        None => OrgScopes { authed_user: Vec::new(), authed_dept: vec![DeptId(ROOT)] },
        Some(scope) => OrgScopes {
            authed_user: scope.people.iter().cloned().map(id).collect::<Result<_, _>>()?,
            authed_dept: scope.departments.iter().copied().map(DeptId).collect(),
        },
    };
    let fields = ["jobnumber", "isLeader", "name", "position", "isAdmin", "avatar", "department", "userid"];
    wire(Scopes { auth_org_scopes, auth_user_field: fields.map(str::to_owned).to_vec() })
}
