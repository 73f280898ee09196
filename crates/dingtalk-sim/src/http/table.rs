//! Every call the simulator knows, in one list.

use crate::http::endpoint::Cost::{Counted, Free};
use crate::http::endpoint::{Endpoint, Face, new, old};
use crate::http::{calendar, callback, card, check_in, contact, message, sign_in, todo, workflow};

const ENDPOINTS: &[Endpoint] = &[
    new("POST", "/v1.0/oauth2/accessToken", Free, "应用取令牌", sign_in::access_token).open(),
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

/// Calls that a folder of their own lists.
const FAMILIES: [&[Endpoint]; 5] =
    [workflow::CALLS, card::CALLS, todo::CALLS, calendar::CALLS, check_in::CALLS];

pub(super) fn find(method: &str, path: &str) -> Option<&'static Endpoint> {
    let all = || ENDPOINTS.iter().chain(FAMILIES.into_iter().flatten());
    let named = all().find(|endpoint| endpoint.method == method && endpoint.path == path);
    named.or_else(|| {
        all().find(|endpoint| endpoint.method == method && parameters(endpoint.path, path).is_some())
    })
}

/// The parts of a path that its pattern leaves open, decoded: `{unionId}` and the like, in their order.
pub(super) fn parameters(pattern: &str, path: &str) -> Option<Vec<String>> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut found = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(found),
            (Some(part), Some(text)) if part.starts_with('{') && !text.is_empty() => {
                found.push(percent_decode(text));
            }
            (Some(part), Some(text)) if part == text => {}
            _ => return None,
        }
    }
}

/// A form's decoder reads `%XX`; what means more to it than to a path is hidden from it.
fn percent_decode(text: &str) -> String {
    let hidden = text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    url::form_urlencoded::parse(hidden.as_bytes()).map(|(text, _)| text.into_owned()).collect()
}

/// Which generation an unknown path would belong to.
pub(super) fn face_of(path: &str) -> Face {
    if path.starts_with("/v1.0/") || path.starts_with("/v2.0/") { Face::New } else { Face::Old }
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn a_pattern_gives_up_its_open_parts() {
        let pattern = "/v1.0/todo/users/{unionId}/tasks/{taskId}";
        let found = parameters(pattern, "/v1.0/todo/users/U%2Bq%3D/tasks/t+1=").unwrap();
        assert_eq!(found, ["U+q=", "t+1="]);
        assert!(parameters(pattern, "/v1.0/todo/users/U/tasks").is_none());
        assert!(parameters(pattern, "/v1.0/todo/users//tasks/t").is_none());
        assert!(parameters(pattern, "/v1.0/todo/users/U/tasks/t/x").is_none());
    }
}
