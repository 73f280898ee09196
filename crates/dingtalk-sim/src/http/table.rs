//! Every call the simulator knows: signing in and the directory in lists of their own, the rest here.

use crate::http::endpoint::Cost::{Counted, Free};
use crate::http::endpoint::{Endpoint, Face, new, old};
use crate::http::{callback, directory, message, sign_in, workflow};

const ENDPOINTS: &[Endpoint] = &[
    new("POST", "/v1.0/robot/oToMessages/batchSend", Counted, "机器人发消息", message::batch_send)
        .needs("qyapi_robot_sendmsg"),
    old("POST", "/robot/sendBySession", Free, "机器人回话", message::send_by_session).open(),
    old("POST", "/topapi/message/corpconversation/asyncsend_v2", Counted, "发工作通知", message::work_notice)
        .needs("qyapi_base"),
    new("POST", "/v1.0/workflow/processInstances", Counted, "发起审批", workflow::create)
        .needs("Workflow.Instance.Write"),
    new("GET", "/v1.0/workflow/processInstances", Counted, "读一个审批", workflow::detail)
        .needs("Workflow.Instance.Read"),
    new("POST", "/v1.0/workflow/processes/instanceIds/query", Counted, "查审批编号", workflow::list_ids)
        .needs("Workflow.Instance.Read"),
    new("POST", "/v1.0/workflow/processInstances/terminate", Counted, "撤销审批", workflow::terminate)
        .needs("Workflow.Instance.Write"),
    old("GET", "/call_back/get_call_back_failed_result", Free, "取漏收的事件", callback::failed)
        .needs("qyapi_base"),
];

/// The call that this is, with what stands in its path where the table has braces. A path without braces goes first.
pub(super) fn find(method: &str, path: &str) -> Option<(&'static Endpoint, Vec<String>)> {
    let known = || [sign_in::CALLS, directory::CALLS, ENDPOINTS].into_iter().flatten();
    let plain = known().find(|endpoint| endpoint.method == method && endpoint.path == path);
    plain.map(|endpoint| (endpoint, Vec::new())).or_else(|| {
        known()
            .filter(|endpoint| endpoint.method == method)
            .find_map(|endpoint| endpoint.parts(path).map(|parts| (endpoint, parts)))
    })
}

/// Which generation an unknown path would belong to.
pub(super) fn face_of(path: &str) -> Face {
    if path.starts_with("/v1.0/") || path.starts_with("/v2.0/") { Face::New } else { Face::Old }
}
