//! Every call the simulator knows, in one list.

use crate::http::endpoint::Cost::{Counted, Free};
use crate::http::endpoint::{Endpoint, Face, new, old};
use crate::http::{callback, contact, message, sign_in, stream, workflow};

const ENDPOINTS: &[Endpoint] = &[
    new("POST", "/v1.0/oauth2/accessToken", Free, "应用取令牌", sign_in::access_token).open(),
    new("POST", "/v1.0/gateway/connections/open", Free, "打开 Stream 连接", stream::open).open(),
    old("GET", "/gettoken", Free, "应用取令牌", sign_in::get_token).open(),
    old("POST", "/topapi/v2/user/getuserinfo", Free, "用免登码换身份", sign_in::user_of_code),
    old("POST", "/topapi/v2/user/get", Free, "读一个人", contact::user),
    old("POST", "/topapi/v2/user/list", Free, "读一个部门的人", contact::users),
    old("POST", "/topapi/v2/department/listsub", Free, "读下级部门", contact::departments),
    new("POST", "/v1.0/robot/oToMessages/batchSend", Counted, "机器人发消息", message::batch_send),
    old("POST", "/robot/sendBySession", Free, "机器人回话", message::send_by_session).open(),
    old("POST", "/topapi/message/corpconversation/asyncsend_v2", Counted, "发工作通知", message::work_notice),
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
