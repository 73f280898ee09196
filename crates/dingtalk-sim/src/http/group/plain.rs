//! Plain groups: made, changed, read.

use dingtalk::group::{Changed, ConversationAnswer, GroupIds};
use serde_json::{Value, json};

use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{GroupChange, NewGroup, Refusal};

const LONGEST_NAME: usize = 20;

const SWITCHES: [&str; 6] = [
    "mentionAllAuthority",
    "showHistoryType",
    "validationType",
    "searchable",
    "chatBannedType",
    "managementType",
];

pub(super) fn create(mut call: Call<'_>) -> Result<Value, Refusal> {
    let new = NewGroup {
        title: call.body.text("name")?,
        owner: call.body.text("owner")?,
        members: call.body.texts("useridlist")?,
        icon: call.body.optional_text("icon")?,
        options: options(&mut call)?,
        ..NewGroup::default()
    };
    let tag = call.body.optional_number("conversationTag")?.unwrap_or(2);
    only_staff(&mut call)?;
    call.read_whole()?;
    check_title(&new.title, LONGEST_NAME)?;
    if tag != 2 {
        return Err(invalid("conversationTag: only 2 (内部群) without an agreement with the platform"));
    }
    if new.members.is_empty() {
        return Err(invalid("useridlist is empty"));
    }
    let made = call.state.tenancy.make_group(new)?;
    let group = call.state.tenancy.groups.group(&made).ok_or(Refusal::System)?;
    wire(GroupIds {
        open_conversation_id: id(group.id.clone())?,
        chat_id: id(group.chat_id.clone())?,
        conversation_tag: tag,
    })
}

pub(super) fn update(mut call: Call<'_>) -> Result<Value, Refusal> {
    let chat_id = call.body.text("chatid")?;
    let change = GroupChange {
        title: call.body.optional_text("name")?,
        owner: call.body.optional_text("owner")?,
        add: call.body.texts("add_useridlist")?,
        remove: call.body.texts("del_useridlist")?,
        icon: call.body.optional_text("icon")?,
        options: options(&mut call)?,
    };
    only_staff(&mut call)?;
    call.read_whole()?;
    if let Some(title) = &change.title {
        check_title(title, LONGEST_NAME)?;
    }
    let tenancy = &mut call.state.tenancy;
    let found = tenancy.groups.by_chat_id(&chat_id).map(|group| group.id.clone());
    let found = found.ok_or_else(|| invalid("chatid: there is no such group"))?;
    tenancy.change_group(&found, change, call.now)?;
    wire(Changed { success: true })
}

pub(super) fn get(mut call: Call<'_>) -> Result<Value, Refusal> {
    let Some(chat_id) = call.query.optional_text("chatid")? else {
        return Err(Refusal::old(49000, "需要参数chatid"));
    };
    call.read_whole()?;
    let found = call.state.tenancy.groups.by_chat_id(&chat_id);
    let group = found.ok_or_else(|| Refusal::old(40016, "无效的chatid"))?;
    let mut info = json!({
        "chatid": group.chat_id, "name": group.title, "owner": group.owner, "useridlist": group.members,
        "conversationTag": 2, "status": if group.disbanded { 2 } else { 1 },
    });
    if let Some(fields) = info.as_object_mut() {
        for name in SWITCHES {
            fields.insert(name.to_owned(), json!(group.options.get(name).unwrap_or(&0)));
        }
        if let Some(icon) = &group.icon {
            fields.insert("icon".to_owned(), json!(icon));
        }
    }
    Ok(json!({ "chat_info": info }))
}

pub(super) fn conversation(mut call: Call<'_>) -> Result<Value, Refusal> {
    let chat_id = call.part()?;
    call.read_whole()?;
    let found = call.state.tenancy.groups.by_chat_id(&chat_id);
    let group = found.ok_or_else(|| Refusal::coded("invalideChatId", "不合法的chatId"))?;
    wire(ConversationAnswer { open_conversation_id: id(group.id.clone())? })
}

pub(super) fn check_title(title: &str, longest: usize) -> Result<(), Refusal> {
    match title.chars().count() {
        length if (1..=longest).contains(&length) => Ok(()),
        _ => Err(invalid(&format!("a name has 1 to {longest} characters"))),
    }
}

pub(super) fn invalid(why: &str) -> Refusal {
    Refusal::coded("parameter.invalid", why)
}

fn options(call: &mut Call<'_>) -> Result<std::collections::BTreeMap<String, i64>, Refusal> {
    let Some(mut options) = call.body.optional_object("managementOptions")? else {
        return Ok(std::collections::BTreeMap::new());
    };
    let read = options.switches(&SWITCHES)?;
    options.done()?;
    Ok(read)
}

/// External contacts are not in the simulator: whoever asks for them is told.
fn only_staff(call: &mut Call<'_>) -> Result<(), Refusal> {
    match call.body.optional_text("ownerType")?.as_deref() {
        None | Some("emp") => {}
        Some(_) => return Err(invalid("ownerType: the simulator has no external contacts")),
    }
    for list in ["extidlist", "add_extidlist", "del_extidlist"] {
        if !call.body.texts(list)?.is_empty() {
            return Err(invalid(&format!("{list}: the simulator has no external contacts")));
        }
    }
    Ok(())
}
