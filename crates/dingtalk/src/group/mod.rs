//! Groups of the organisation: made, read, changed, disbanded. There are two kinds: plain ones (内部群) and those made from a template
//! of the developer's console (场景群), which alone bring the template's robot with them and can be disbanded by call.
//!
//! Permissions: `qyapi_chat_manage`; reading a plain group `qyapi_chat_read`. Counted in the monthly quota.
//! Pages: [创建群会话][create], [更新群会话][update], [查询群信息][get], [获取群会话的OpenConversationId][id], [创建场景群][scene], [添加场景群成员][add],
//! [查询场景群成员][members], [查询场景群简要信息][query]. The older `chat/create` is not used: it gets no new abilities.
//!
//! [create]: https://open.dingtalk.com/document/development/create-common-group-new-version-v2
//! [update]: https://open.dingtalk.com/document/development/api-updategroup
//! [get]: https://open.dingtalk.com/document/development/obtain-a-group-session
//! [id]: https://open.dingtalk.com/document/development/obtain-group-openconversationid
//! [scene]: https://open.dingtalk.com/document/development/create-a-scene-group
//! [add]: https://open.dingtalk.com/document/development/api-addscenegroupmember
//! [members]: https://open.dingtalk.com/document/development/query-group-members
//! [query]: https://open.dingtalk.com/document/development/query-group-information

mod changed;
mod options;
mod plain;
mod scene;

pub use changed::Changed;
pub use options::{GroupOptions, SceneOptions, Switch};
pub use plain::{
    ConversationAnswer, GroupChange, GroupIds, GroupInfo, GroupInfoAnswer, GroupUpdate, Groups, LONGEST_NAME,
    NewGroup,
};
pub(crate) use scene::MOST_MEMBERS;
pub use scene::{
    LONGEST_TITLE, MembersChange, MembersPage, MembersRequest, NewSceneGroup, SceneChange, SceneGroup,
    SceneIds, SceneRequest,
};
