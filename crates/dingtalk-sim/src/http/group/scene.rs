//! Groups made from a template (场景群).

use dingtalk::group::{Changed, MembersPage, SceneGroup, SceneIds};
use serde_json::Value;

use super::plain::{check_title, invalid};
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{Group, GroupChange, NewGroup, Refusal};

const LONGEST_TITLE: usize = 30;

const SWITCHES: [&str; 17] = [
    "mention_all_authority",
    "show_history_type",
    "validation_type",
    "searchable",
    "chat_banned_type",
    "management_type",
    "only_admin_can_ding",
    "all_members_can_create_mcs_conf",
    "all_members_can_create_calendar",
    "group_email_disabled",
    "only_admin_can_set_msg_top",
    "add_friend_forbidden",
    "group_live_switch",
    "members_to_admin_chat",
    "plugin_customize_verify",
    "not_quit_when_emp_leave",
    "only_admin_can_add_mem",
];

pub(super) fn create(mut call: Call<'_>) -> Result<Value, Refusal> {
    let new = NewGroup {
        title: call.body.text("title")?,
        owner: call.body.text("owner_user_id")?,
        members: call.body.texts("user_ids")?,
        admins: call.body.texts("subadmin_ids")?,
        template: Some(call.body.text("template_id")?),
        icon: call.body.optional_text("icon")?,
        options: options(&mut call)?,
        uuid: call.body.optional_text("uuid")?,
    };
    call.read_whole()?;
    check_title(&new.title, LONGEST_TITLE)?;
    let made = call.state.tenancy.make_group(new)?;
    let group = call.state.tenancy.groups.group(&made).ok_or(Refusal::System)?;
    wire(SceneIds { open_conversation_id: id(group.id.clone())?, chat_id: id(group.chat_id.clone())? })
}

pub(super) fn update(mut call: Call<'_>) -> Result<Value, Refusal> {
    let group = call.body.text("open_conversation_id")?;
    let change = GroupChange {
        title: call.body.optional_text("title")?,
        owner: call.body.optional_text("owner_user_id")?,
        icon: call.body.optional_text("icon")?,
        options: options(&mut call)?,
        ..GroupChange::default()
    };
    call.body.ignore(&["owner_union_id"])?;
    call.read_whole()?;
    if let Some(title) = &change.title {
        check_title(title, LONGEST_TITLE)?;
    }
    scene(&call, &group)?;
    call.state.tenancy.change_group(&group, change, call.now)?;
    wire(Changed { success: true })
}

pub(super) fn disband(mut call: Call<'_>) -> Result<Value, Refusal> {
    let group = call.body.text("openConversationId")?;
    call.read_whole()?;
    scene(&call, &group)?;
    call.state.tenancy.disband(&group, call.now)?;
    wire(Changed { success: true })
}

pub(super) fn add(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (group, people) = members_change(&mut call)?;
    let change = GroupChange { add: people, ..GroupChange::default() };
    call.state.tenancy.change_group(&group, change, call.now)?;
    wire(Changed { success: true })
}

pub(super) fn remove(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (group, people) = members_change(&mut call)?;
    let change = GroupChange { remove: people, ..GroupChange::default() };
    call.state.tenancy.change_group(&group, change, call.now)?;
    wire(Changed { success: true })
}

/// As on the platform, a group of at most a thousand comes whole, whatever the size of the page.
pub(super) fn members(mut call: Call<'_>) -> Result<Value, Refusal> {
    let group = call.body.text("openConversationId")?;
    let size = call.body.number("maxResults")?;
    call.body.ignore(&["coolAppCode", "nextToken"])?;
    call.read_whole()?;
    if size < 1 {
        return Err(Refusal::coded("paramIllegal", "maxResults must be at least 1"));
    }
    let members = scene(&call, &group)?.members.iter().cloned().map(id).collect::<Result<_, _>>()?;
    wire(MembersPage { member_user_ids: members, has_more: false, next_token: None })
}

pub(super) fn query(mut call: Call<'_>) -> Result<Value, Refusal> {
    let group = call.body.text("openConversationId")?;
    call.body.ignore(&["coolAppCode"])?;
    call.read_whole()?;
    let group = scene(&call, &group)?;
    wire(SceneGroup {
        open_conversation_id: id(group.id.clone())?,
        template_id: group.template.clone().unwrap_or_default(),
        title: group.title.clone(),
        owner_user_id: id(group.owner.clone())?,
        icon: group.icon.clone(),
        group_url: format!("{}/#group-{}", call.platform, group.chat_id),
        status: if group.disbanded { 2 } else { 1 },
    })
}

fn members_change(call: &mut Call<'_>) -> Result<(String, Vec<String>), Refusal> {
    let group = call.body.text("open_conversation_id")?;
    let mut people = call.body.texts("user_ids")?;
    let unionids = call.body.texts("union_ids")?;
    call.read_whole()?;
    scene(call, &group)?;
    for unionid in unionids {
        let mut all = call.state.tenancy.directory.people();
        let person = all.find(|person| person.unionid == unionid);
        people.push(person.ok_or_else(|| invalid("union_ids: nobody has this one"))?.userid.clone());
    }
    if people.is_empty() {
        Err(invalid("user_ids and union_ids are both empty"))
    } else {
        Ok((group, people))
    }
}

/// These calls know scene groups of the app only.
fn scene<'c>(call: &'c Call<'_>, id: &str) -> Result<&'c Group, Refusal> {
    let found = call.state.tenancy.groups.group(id).filter(|group| group.template.is_some());
    found.ok_or_else(|| Refusal::coded("groupPermissionDenied", "无权限，该群没有安装群模板"))
}

fn options(call: &mut Call<'_>) -> Result<std::collections::BTreeMap<String, i64>, Refusal> {
    let Some(mut options) = call.body.optional_object("management_options")? else {
        return Ok(std::collections::BTreeMap::new());
    };
    let read = options.switches(&SWITCHES)?;
    options.done()?;
    Ok(read)
}
