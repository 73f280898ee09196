//! Groups made from a template.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{changed::Changed, options::SceneOptions, plain::Groups};
use crate::{
    error::Error,
    ids::{ChatId, ConversationId, MediaId, UserId},
    lenient,
    sealed::shows,
};

/// The most characters of a scene group's title; ten look best.
pub const LONGEST_TITLE: usize = 30;

/// The most members of a group.
pub(crate) const MOST_MEMBERS: usize = 1000;

/// `POST /v1.0/im/sceneGroup/create`, request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewSceneGroup {
    /// 1 to 30 characters.
    pub title: String,
    /// From the developer's console, 场景群 > 群模板.
    pub template_id: String,
    /// Must be within the app's reach.
    pub owner_user_id: UserId,
    /// Who else is in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub user_ids: Vec<UserId>,
    /// Who administers it beside the owner.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subadmin_ids: Vec<UserId>,
    /// Idempotency key: a second call with it makes no second group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
    /// A picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<MediaId>,
    /// What may be done in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub management_options: Option<SceneOptions>,
}

shows!(NewSceneGroup: template_id, owner_user_id, user_ids);

/// `POST /v1.0/im/sceneGroup/create`, answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneIds {
    /// What robots and the calls about scene groups name it by.
    pub open_conversation_id: ConversationId,
    /// The older name.
    pub chat_id: ChatId,
}

/// `POST /v1.0/im/sceneGroup/update`, request; what is absent stays.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SceneChange {
    /// Which.
    pub open_conversation_id: ConversationId,
    /// 1 to 30 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its new owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_user_id: Option<UserId>,
    /// Its new picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<MediaId>,
    /// What may be done in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub management_options: Option<SceneOptions>,
}

shows!(SceneChange: open_conversation_id, owner_user_id);

/// `POST /v1.0/im/sceneGroup/member/add` and `…/delete`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MembersChange {
    /// Which group.
    pub open_conversation_id: ConversationId,
    /// Who.
    pub user_ids: Vec<UserId>,
}

/// `POST /v1.0/im/sceneGroups/query` and `…/scenegroup/disband`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SceneRequest {
    /// Which group.
    pub open_conversation_id: ConversationId,
}

/// `POST /v1.0/im/sceneGroups/query`, answer.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SceneGroup {
    /// Which.
    pub open_conversation_id: ConversationId,
    /// The template it was made from.
    #[serde(default)]
    pub template_id: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// Its owner.
    pub owner_user_id: UserId,
    /// Its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Where it can be joined.
    #[serde(default)]
    pub group_url: String,
    /// 1 as it should be, 2 disbanded.
    #[serde(deserialize_with = "lenient::number")]
    pub status: i64,
}

shows!(SceneGroup: open_conversation_id, template_id, owner_user_id, status);

/// `POST /v1.0/im/sceneGroups/members/batchQuery`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MembersRequest {
    /// Which group.
    pub open_conversation_id: ConversationId,
    /// Of use above 1,000 members only.
    pub max_results: i64,
    /// Empty at first, then `nextToken`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `POST /v1.0/im/sceneGroups/members/batchQuery`, answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MembersPage {
    /// Members of the organisation.
    #[serde(default, deserialize_with = "lenient::list")]
    pub member_user_ids: Vec<UserId>,
    /// Are there more?
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub has_more: bool,
    /// Where they begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Pages of members; more are not believed.
const MOST_PAGES: usize = 100;

impl Groups<'_> {
    /// Makes a group from a template. With a `uuid` the call may be repeated after [`Error::Unknown`].
    pub async fn create_scene(&self, group: &NewSceneGroup) -> Result<SceneIds, Error> {
        titled(&group.title)?;
        counted(&group.user_ids)?;
        self.0.api(Method::POST, "/v1.0/im/sceneGroup/create", &[], Some(group)).await
    }

    /// Changes a scene group.
    pub async fn update_scene(&self, change: &SceneChange) -> Result<(), Error> {
        if let Some(title) = &change.title {
            titled(title)?;
        }
        self.changed("/v1.0/im/sceneGroup/update", change).await
    }

    /// Ends a scene group.
    pub async fn disband_scene(&self, group: &ConversationId) -> Result<(), Error> {
        let request = SceneRequest { open_conversation_id: group.clone() };
        self.changed("/v1.0/im/chat/scenegroup/disband", &request).await
    }

    /// Brings people into a scene group; it has at most 1,000 members.
    pub async fn add_members(&self, group: &ConversationId, people: &[UserId]) -> Result<(), Error> {
        self.members_change("/v1.0/im/sceneGroup/member/add", group, people).await
    }

    /// Takes people out of a scene group.
    pub async fn remove_members(&self, group: &ConversationId, people: &[UserId]) -> Result<(), Error> {
        self.members_change("/v1.0/im/sceneGroup/member/delete", group, people).await
    }

    /// Everybody of the organisation who is in a scene group.
    pub async fn members(&self, group: &ConversationId) -> Result<Vec<UserId>, Error> {
        let mut members = Vec::new();
        let mut next_token: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let request = MembersRequest {
                open_conversation_id: group.clone(),
                max_results: 200,
                next_token: next_token.clone(),
            };
            let path = "/v1.0/im/sceneGroups/members/batchQuery";
            let page: MembersPage = self.0.api(Method::POST, path, &[], Some(&request)).await?;
            members.extend(page.member_user_ids);
            match page.next_token.filter(|next| page.has_more && !next.is_empty()) {
                // A token that does not move would never end.
                Some(next) if next_token.as_ref() != Some(&next) => next_token = Some(next),
                _ => break,
            }
        }
        Ok(members)
    }

    /// A scene group of this app's template. Refused with `groupPermissionDenied` for any other group.
    pub async fn scene(&self, group: &ConversationId) -> Result<SceneGroup, Error> {
        let request = SceneRequest { open_conversation_id: group.clone() };
        self.0.api(Method::POST, "/v1.0/im/sceneGroups/query", &[], Some(&request)).await
    }

    async fn members_change(
        &self,
        path: &str,
        group: &ConversationId,
        people: &[UserId],
    ) -> Result<(), Error> {
        if people.is_empty() {
            return Err(Error::NotSent("a change of members names somebody"));
        }
        counted(people)?;
        let request = MembersChange { open_conversation_id: group.clone(), user_ids: people.to_vec() };
        self.changed(path, &request).await
    }

    async fn changed(&self, path: &str, request: &(impl Serialize + Sync)) -> Result<(), Error> {
        self.0.api::<Changed>(Method::POST, path, &[], Some(request)).await?.done()
    }
}

fn counted(people: &[UserId]) -> Result<(), Error> {
    if people.len() > MOST_MEMBERS { Err(Error::NotSent("a group has at most 1000 members")) } else { Ok(()) }
}

fn titled(title: &str) -> Result<(), Error> {
    match title.chars().count() {
        1..=LONGEST_TITLE => Ok(()),
        _ => Err(Error::NotSent("a group's title has 1 to 30 characters")),
    }
}
