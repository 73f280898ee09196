//! Every call about groups, of both kinds.

use super::{plain, scene};
use crate::http::endpoint::Cost::Counted;
use crate::http::endpoint::{Endpoint, new, old};

const READ: &str = "qyapi_chat_read";
const MANAGE: &str = "qyapi_chat_manage";

pub(in crate::http) const CALLS: &[Endpoint] = &[
    new("POST", "/v1.0/im/group/create", Counted, "建群", plain::create).needs(MANAGE),
    new("POST", "/v1.0/im/group/update", Counted, "改群", plain::update).needs(MANAGE),
    old("GET", "/chat/get", Counted, "读一个群", plain::get).needs(READ),
    new(
        "POST",
        "/v1.0/im/chat/{chatId}/convertToOpenConversationId",
        Counted,
        "查会话标识",
        plain::conversation,
    )
    .needs(READ),
    new("POST", "/v1.0/im/sceneGroup/create", Counted, "建场景群", scene::create).needs(MANAGE),
    new("POST", "/v1.0/im/sceneGroup/update", Counted, "改场景群", scene::update).needs(MANAGE),
    new("POST", "/v1.0/im/chat/scenegroup/disband", Counted, "解散场景群", scene::disband).needs(MANAGE),
    new("POST", "/v1.0/im/sceneGroup/member/add", Counted, "加群成员", scene::add).needs(MANAGE),
    new("POST", "/v1.0/im/sceneGroup/member/delete", Counted, "减群成员", scene::remove).needs(MANAGE),
    new("POST", "/v1.0/im/sceneGroups/members/batchQuery", Counted, "读群成员", scene::members).needs(MANAGE),
    new("POST", "/v1.0/im/sceneGroups/query", Counted, "读场景群", scene::query).needs(MANAGE),
];
