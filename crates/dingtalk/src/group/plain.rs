//! Plain groups of the organisation.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{changed::Changed, options::GroupOptions};
use crate::{
    Client,
    error::Error,
    ids::{ChatId, ConversationId, MediaId, UserId},
    lenient,
    path::segment,
    sealed::shows,
};

/// Calls about groups, by [`Client::groups`](crate::Client::groups).
#[derive(Clone, Copy, Debug)]
pub struct Groups<'a>(pub(crate) &'a Client);

/// The most characters of a plain group's name.
pub const LONGEST_NAME: usize = 20;

/// `POST /v1.0/im/group/create`, request. External contacts are left out: the groups are the organisation's own.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewGroup {
    /// 1 to 20 characters.
    pub name: String,
    /// Must be within the app's reach.
    pub owner: UserId,
    /// Who is in it, the owner too.
    #[serde(rename = "useridlist")]
    pub members: Vec<UserId>,
    /// A picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<MediaId>,
    /// What may be done in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub management_options: Option<GroupOptions>,
}

shows!(NewGroup: owner, members);

/// `POST /v1.0/im/group/create`, answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupIds {
    /// What robots and most calls name it by.
    pub open_conversation_id: ConversationId,
    /// What [`Groups::update`] and [`Groups::get`] name it by. Both should be kept.
    #[serde(rename = "chatid")]
    pub chat_id: ChatId,
    /// 2: a group of the organisation.
    #[serde(default, deserialize_with = "lenient::number")]
    pub conversation_tag: i64,
}

/// A change of a plain group; what is absent stays.
#[derive(Clone, Default)]
pub struct GroupChange {
    /// 1 to 20 characters.
    pub name: Option<String>,
    /// Must be a member.
    pub owner: Option<UserId>,
    /// Who comes.
    pub add: Vec<UserId>,
    /// Who goes.
    pub remove: Vec<UserId>,
    /// A picture.
    pub icon: Option<MediaId>,
    /// What may be done in it.
    pub options: Option<GroupOptions>,
}

shows!(GroupChange: owner, add, remove);

/// `POST /v1.0/im/group/update`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupUpdate {
    /// Which.
    #[serde(rename = "chatid")]
    pub chat_id: ChatId,
    /// Its new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its new owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
    /// Who comes.
    #[serde(rename = "add_useridlist", default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<UserId>,
    /// Who goes.
    #[serde(rename = "del_useridlist", default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<UserId>,
    /// Its new picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<MediaId>,
    /// What may be done in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub management_options: Option<GroupOptions>,
}

shows!(GroupUpdate: chat_id, owner, add, remove);

/// `GET /chat/get`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GroupInfoAnswer {
    /// The group.
    pub chat_info: GroupInfo,
}

/// `POST /v1.0/im/chat/{chatId}/convertToOpenConversationId`, answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConversationAnswer {
    /// What robots and most calls name the group by.
    pub open_conversation_id: ConversationId,
}

/// A plain group.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupInfo {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its owner.
    pub owner: UserId,
    /// Who is in it.
    #[serde(rename = "useridlist", default, deserialize_with = "lenient::list")]
    pub members: Vec<UserId>,
    /// Its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<MediaId>,
    /// 1 as it should be, 2 disbanded; 0 when the platform does not say.
    #[serde(default, deserialize_with = "lenient::number")]
    pub status: i64,
    /// What may be done in it.
    #[serde(flatten)]
    pub options: GroupOptions,
}

shows!(GroupInfo: owner, members, status, options);

impl Groups<'_> {
    /// Makes a group of the organisation. The app's robot is not in it until somebody adds it in the client. There is no idempotency
    /// key: after [`Error::Unknown`] the group may exist.
    pub async fn create(&self, group: &NewGroup) -> Result<GroupIds, Error> {
        named(&group.name)?;
        if group.members.is_empty() {
            return Err(Error::NotSent("a group has members"));
        }
        self.0.api(Method::POST, "/v1.0/im/group/create", &[], Some(group)).await
    }

    /// Changes a group that the app made.
    pub async fn update(&self, chat_id: &ChatId, change: &GroupChange) -> Result<(), Error> {
        if let Some(name) = &change.name {
            named(name)?;
        }
        let GroupChange { name, owner, add, remove, icon, options } = change.clone();
        let chat_id = chat_id.clone();
        let request = GroupUpdate { chat_id, name, owner, add, remove, icon, management_options: options };
        let answer: Changed = self.0.api(Method::POST, "/v1.0/im/group/update", &[], Some(&request)).await?;
        answer.done()
    }

    /// A group that the app made. Permission `qyapi_chat_read`. Refused with 40016 when there is no such group.
    pub async fn get(&self, chat_id: &ChatId) -> Result<GroupInfo, Error> {
        let query = [("chatid", chat_id.to_string())];
        let answer: GroupInfoAnswer = self.0.oapi_read("/chat/get", &query).await?;
        Ok(answer.chat_info)
    }

    /// What robots and most calls name a group by, for one of which only the chat id was kept, or that somebody chose in the client.
    /// Permission `qyapi_chat_read`. Refused with `invalideChatId` (as the platform spells it) when there is no such group, and with
    /// `permession.checkFailed` when its owner is not within the app's reach.
    pub async fn conversation(&self, chat_id: &ChatId) -> Result<ConversationId, Error> {
        let path = format!("/v1.0/im/chat/{}/convertToOpenConversationId", segment(chat_id.as_str()));
        let answer: ConversationAnswer = self.0.api(Method::POST, &path, &[], None::<&Value>).await?;
        Ok(answer.open_conversation_id)
    }
}

fn named(name: &str) -> Result<(), Error> {
    match name.chars().count() {
        1..=LONGEST_NAME => Ok(()),
        _ => Err(Error::NotSent("a group's name has 1 to 20 characters")),
    }
}
