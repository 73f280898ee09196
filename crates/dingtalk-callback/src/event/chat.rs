//! Groups.

use dingtalk::{UnionId, UserId};

use crate::{fields::Fields, sealed::shows};

/// What happened to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatMove {
    /// `chat_add_member`
    MembersAdded,
    /// `chat_remove_member`
    MembersRemoved,
    /// `chat_quit`: of their own will.
    MembersLeft,
    /// `chat_update_owner`
    OwnerChanged,
    /// `chat_update_title`
    TitleChanged,
    /// `chat_disband`
    Disbanded,
}

/// A change of a group.
#[derive(Clone, PartialEq, Eq)]
pub struct ChatChange {
    /// What happened.
    pub change: ChatMove,
    /// `openConversationId`: by which new calls know the group.
    pub conversation: Option<String>,
    /// `chatId`: by which old calls know it.
    pub chat: Option<String>,
    /// To whom.
    pub users: Vec<UserId>,
    /// The same people across the developer's apps; outsiders have only this.
    pub union_ids: Vec<UnionId>,
    /// Whose group it is now.
    pub owner: Option<UserId>,
    /// What it is called now.
    pub title: Option<String>,
    /// Who did it.
    pub operator: Option<UserId>,
    /// The same, across the developer's apps.
    pub operator_union_id: Option<UnionId>,
}

shows!(ChatChange: change, conversation, users, owner, operator);

impl ChatChange {
    pub(super) fn read(kind: &str, fields: Fields<'_>) -> Option<Self> {
        let change = match kind {
            "chat_add_member" => ChatMove::MembersAdded,
            "chat_remove_member" => ChatMove::MembersRemoved,
            "chat_quit" => ChatMove::MembersLeft,
            "chat_update_owner" => ChatMove::OwnerChanged,
            "chat_update_title" => ChatMove::TitleChanged,
            "chat_disband" => ChatMove::Disbanded,
            _ => return None,
        };
        let (conversation, chat) = (fields.text("openconversationid"), fields.text("chatid"));
        // Of which group, is the least it must say.
        conversation.as_ref().or(chat.as_ref())?;
        Some(Self {
            change,
            conversation,
            chat,
            users: fields.all_parsed("userid"),
            union_ids: fields.all_parsed("unionid"),
            owner: fields.parsed("owner"),
            title: fields.text("title"),
            operator: fields.parsed("operator"),
            operator_union_id: fields.parsed("operatorunionid"),
        })
    }
}
