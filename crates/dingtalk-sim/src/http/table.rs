//! Every call the simulator knows, in one list.

use crate::http::endpoint::Cost::{Counted, Free};
use crate::http::endpoint::{Endpoint, Face, new, old};
use crate::http::{
    callback, contact, ding, group, group_message, media, notice, robot, scene, sign_in, workflow,
};

const ENDPOINTS: &[Endpoint] = &[
    new("POST", "/v1.0/oauth2/accessToken", Free, "应用取令牌", sign_in::access_token).open(),
    old("GET", "/gettoken", Free, "应用取令牌", sign_in::get_token).open(),
    old("POST", "/topapi/v2/user/getuserinfo", Free, "用免登码换身份", sign_in::user_of_code),
    old("POST", "/topapi/v2/user/get", Free, "读一个人", contact::user),
    old("POST", "/topapi/v2/user/list", Free, "读一个部门的人", contact::users),
    old("POST", "/topapi/v2/department/listsub", Free, "读下级部门", contact::departments),
    new("POST", "/v1.0/robot/oToMessages/batchSend", Counted, "机器人发消息", robot::batch_send),
    new("GET", "/v1.0/robot/oToMessages/readStatus", Counted, "查机器人消息已读", robot::read_status),
    new("POST", "/v1.0/robot/otoMessages/batchRecall", Counted, "撤回机器人消息", robot::recall),
    new("POST", "/v1.0/robot/messageFiles/download", Counted, "取发给机器人的文件", robot::file),
    old("POST", "/robot/sendBySession", Free, "机器人回话", robot::send_by_session).open(),
    new("POST", "/v1.0/robot/groupMessages/send", Counted, "机器人发群消息", group_message::send),
    new("POST", "/v1.0/robot/groupMessages/query", Counted, "查群消息已读", group_message::query),
    new("POST", "/v1.0/robot/groupMessages/recall", Counted, "撤回群消息", group_message::recall),
    new("POST", "/v1.0/robot/groups/robots/query", Counted, "查群里的机器人", group_message::robots),
    old("POST", "/robot/send", Free, "自定义机器人发消息", group_message::send_custom).open(),
    new("POST", "/v1.0/robot/ding/send", Counted, "发DING", ding::send),
    new("POST", "/v1.0/robot/ding/recall", Counted, "撤回DING", ding::recall),
    old("POST", "/topapi/message/corpconversation/asyncsend_v2", Counted, "发工作通知", notice::send),
    old(
        "POST",
        "/topapi/message/corpconversation/getsendprogress",
        Counted,
        "查工作通知进度",
        notice::progress,
    ),
    old("POST", "/topapi/message/corpconversation/getsendresult", Counted, "查工作通知结果", notice::result),
    old("POST", "/topapi/message/corpconversation/recall", Counted, "撤回工作通知", notice::recall),
    old(
        "POST",
        "/topapi/message/corpconversation/status_bar/update",
        Counted,
        "改工作通知状态",
        notice::status_bar,
    ),
    new("POST", "/v1.0/im/group/create", Counted, "建群", group::create),
    new("POST", "/v1.0/im/group/update", Counted, "改群", group::update),
    old("GET", "/chat/get", Counted, "读一个群", group::get),
    new("POST", "/v1.0/im/sceneGroup/create", Counted, "建场景群", scene::create),
    new("POST", "/v1.0/im/sceneGroup/update", Counted, "改场景群", scene::update),
    new("POST", "/v1.0/im/chat/scenegroup/disband", Counted, "解散场景群", scene::disband),
    new("POST", "/v1.0/im/sceneGroup/member/add", Counted, "加群成员", scene::add),
    new("POST", "/v1.0/im/sceneGroup/member/delete", Counted, "减群成员", scene::remove),
    new("POST", "/v1.0/im/sceneGroups/members/batchQuery", Counted, "读群成员", scene::members),
    new("POST", "/v1.0/im/sceneGroups/query", Counted, "读场景群", scene::query),
    old("POST", "/media/upload", Counted, "上传媒体文件", media::upload),
    new("POST", "/v1.0/workflow/processInstances", Counted, "发起审批", workflow::create),
    new("GET", "/v1.0/workflow/processInstances", Counted, "读一个审批", workflow::detail),
    new("POST", "/v1.0/workflow/processes/instanceIds/query", Counted, "查审批编号", workflow::list_ids),
    new("POST", "/v1.0/workflow/processInstances/terminate", Counted, "撤销审批", workflow::terminate),
    old("GET", "/call_back/get_call_back_failed_result", Free, "取漏收的事件", callback::failed),
];

pub(super) fn find(method: &str, path: &str) -> Option<&'static Endpoint> {
    ENDPOINTS.iter().find(|endpoint| endpoint.method == method && endpoint.path == path)
}

/// Which generation an unknown path would belong to.
pub(super) fn face_of(path: &str) -> Face {
    if path.starts_with("/v1.0/") || path.starts_with("/v2.0/") { Face::New } else { Face::Old }
}
