//! Every call this client knows of, in one list. Those of the directory, of tokens and of sign-in are free, as the platform's list
//! of calls outside the quota says (不纳入调用量限制的接口清单); what that list does not name is counted.

use super::api::Api;
use crate::{
    calendar::MOST_ATTENDEES, check_in, contact::MOST_ROLE_CHANGES, group::MOST_MEMBERS, robot, todo,
    work_notice,
};

/// What is known of each call, for a budget, a page about the quota, or a [`Limiter`](super::Limiter) of one's own. Paths that differ from
/// call to call have their open parts in braces: [`api`](super::api()) finds the entry of a path.
pub const APIS: &[Api] = &[
    // Tokens and sign-in.
    Api::free("POST /v1.0/oauth2/accessToken"),
    Api::free("POST /v1.0/oauth2/{corpId}/token"),
    Api::free("GET /gettoken"),
    Api::free("POST /v1.0/oauth2/userAccessToken"),
    Api::free("POST /v1.0/oauth2/ssoAccessToken"),
    Api::free("GET /v1.0/oauth2/ssoUserInfo"),
    Api::free("POST /v1.0/oauth2/jsapiTickets"),
    Api::free("POST /topapi/v2/user/getuserinfo"),
    Api::free("GET /v1.0/contact/users/{unionId}"),
    // People.
    Api::free("POST /topapi/v2/user/get"),
    Api::free("POST /topapi/v2/user/list"),
    Api::free("POST /topapi/user/listsimple"),
    Api::free("POST /topapi/user/listid"),
    Api::free("POST /topapi/v2/user/getbymobile"),
    Api::free("POST /topapi/user/getbyunionid"),
    Api::free("POST /topapi/user/listadmin"),
    Api::free("POST /topapi/user/get_admin_scope"),
    Api::free("POST /topapi/user/count"),
    Api::free("POST /topapi/v2/user/create"),
    Api::free("POST /topapi/v2/user/update"),
    Api::free("POST /topapi/v2/user/delete"),
    // Departments.
    Api::free("POST /topapi/v2/department/get"),
    Api::free("POST /topapi/v2/department/listsub"),
    Api::free("POST /topapi/v2/department/listsubid"),
    Api::free("POST /topapi/v2/department/listparentbydept"),
    Api::free("POST /topapi/v2/department/listparentbyuser"),
    Api::free("POST /topapi/v2/department/create"),
    Api::free("POST /topapi/v2/department/update"),
    Api::free("POST /topapi/v2/department/delete"),
    // Roles.
    Api::free("POST /topapi/role/list"),
    Api::free("POST /topapi/role/simplelist"),
    Api::free("POST /topapi/role/getrole"),
    Api::free("POST /topapi/role/getrolegroup"),
    Api::free("POST /role/add_role"),
    Api::free("POST /role/update_role"),
    Api::free("POST /role/add_role_group"),
    Api::free("POST /topapi/role/deleterole"),
    Api::free("POST /topapi/role/addrolesforemps").most(MOST_ROLE_CHANGES),
    Api::free("POST /topapi/role/removerolesforemps").most(MOST_ROLE_CHANGES),
    Api::free("POST /topapi/role/scope/update"),
    // Of the directory, but not in the platform's list of free calls.
    Api::counted("GET /auth/scopes"),
    Api::counted("POST /v1.0/contact/users/search"),
    Api::counted("POST /v1.0/contact/departments/search"),
    // Events. Opening a connection is no call of the API's pages; Stream has the other quota, that of deliveries (计费模型说明).
    Api::free("POST /v1.0/gateway/connections/open"),
    Api::counted("GET /call_back/get_call_back_failed_result"),
    // Robots. What goes to a webhook is taken off the other quota (计费模型说明, 资源合理使用建议).
    Api::counted("POST /v1.0/robot/oToMessages/batchSend").most(robot::MOST_RECIPIENTS),
    Api::counted("GET /v1.0/robot/oToMessages/readStatus"),
    Api::counted("POST /v1.0/robot/otoMessages/batchRecall").most(robot::MOST_KEYS),
    Api::counted("POST /v1.0/robot/messageFiles/download"),
    Api::counted("POST /v1.0/robot/groupMessages/send"),
    Api::counted("POST /v1.0/robot/groupMessages/query"),
    Api::counted("POST /v1.0/robot/groupMessages/recall").most(robot::MOST_KEYS),
    Api::counted("POST /v1.0/robot/groups/robots/query"),
    Api::counted("POST /v1.0/robot/ding/send").most(robot::MOST_IN_APP),
    Api::counted("POST /v1.0/robot/ding/recall"),
    Api::free("POST /robot/sendBySession"),
    Api::free("POST /robot/send").per_minute(robot::MOST_A_MINUTE),
    // Work notices.
    Api::counted("POST /topapi/message/corpconversation/asyncsend_v2")
        .most(work_notice::MOST_RECIPIENTS)
        .once_a_day(),
    Api::counted("POST /topapi/message/corpconversation/getsendprogress"),
    Api::counted("POST /topapi/message/corpconversation/getsendresult"),
    Api::counted("POST /topapi/message/corpconversation/recall"),
    Api::counted("POST /topapi/message/corpconversation/status_bar/update"),
    Api::counted("POST /media/upload"),
    // Groups.
    Api::counted("POST /v1.0/im/group/create"),
    Api::counted("POST /v1.0/im/group/update"),
    Api::counted("GET /chat/get"),
    Api::counted("POST /v1.0/im/chat/{chatId}/convertToOpenConversationId"),
    Api::counted("POST /v1.0/im/sceneGroup/create"),
    Api::counted("POST /v1.0/im/sceneGroup/update"),
    Api::counted("POST /v1.0/im/chat/scenegroup/disband"),
    Api::counted("POST /v1.0/im/sceneGroup/member/add").most(MOST_MEMBERS),
    Api::counted("POST /v1.0/im/sceneGroup/member/delete").most(MOST_MEMBERS),
    Api::counted("POST /v1.0/im/sceneGroups/members/batchQuery"),
    Api::counted("POST /v1.0/im/sceneGroups/query"),
    // Approvals.
    Api::counted("POST /v1.0/workflow/processInstances"),
    Api::counted("GET /v1.0/workflow/processInstances"),
    Api::counted("POST /v1.0/workflow/processes/instanceIds/query"),
    Api::counted("POST /v1.0/workflow/processInstances/terminate"),
    Api::counted("POST /v1.0/workflow/processInstances/execute"),
    Api::counted("POST /v1.0/workflow/processInstances/comments"),
    Api::counted("POST /v1.0/workflow/tasks/redirect"),
    Api::counted("POST /v1.0/workflow/premium/tasks/append"),
    Api::counted("GET /v1.0/workflow/processes/todoTasks/numbers"),
    Api::counted("POST /v1.0/workflow/processes/forecast"),
    Api::counted("POST /v1.0/workflow/forms"),
    Api::counted("GET /v1.0/workflow/forms/schemas/processCodes"),
    Api::counted("GET /v1.0/workflow/processes/userVisibilities/templates"),
    Api::counted("POST /v1.0/workflow/processInstances/spaces/infos/query"),
    Api::counted("POST /v1.0/workflow/processInstances/spaces/files/urls/download"),
    Api::counted("POST /v1.0/workflow/processInstances/spaces/files/authDownload"),
    Api::counted("POST /v1.0/workflow/processInstances/spaces/authPreview"),
    // Cards.
    Api::counted("POST /v1.0/card/instances"),
    Api::counted("PUT /v1.0/card/instances"),
    Api::counted("POST /v1.0/card/instances/deliver"),
    Api::counted("POST /v1.0/card/instances/createAndDeliver"),
    Api::counted("PUT /v1.0/card/instances/spaces"),
    Api::counted("PUT /v1.0/card/streaming"),
    Api::counted("POST /v1.0/card/tops/close"),
    Api::counted("POST /v1.0/card/callbacks/register"),
    // To-dos.
    Api::counted("POST /v1.0/todo/users/{unionId}/tasks").most(todo::MOST_EXECUTORS),
    Api::counted("PUT /v1.0/todo/users/{unionId}/tasks/{taskId}"),
    Api::counted("DELETE /v1.0/todo/users/{unionId}/tasks/{taskId}"),
    Api::counted("PUT /v1.0/todo/users/{unionId}/tasks/{taskId}/executorStatus"),
    Api::counted("POST /v1.0/todo/users/{unionId}/org/tasks/query"),
    // Calendars.
    Api::counted("POST /v1.0/calendar/users/{unionId}/calendars/primary/events").most(MOST_ATTENDEES),
    Api::counted("GET /v1.0/calendar/users/{unionId}/calendars/primary/events"),
    Api::counted("GET /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}"),
    Api::counted("PUT /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}")
        .most(MOST_ATTENDEES),
    Api::counted("DELETE /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}"),
    Api::counted("POST /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/attendees")
        .most(MOST_ATTENDEES),
    Api::counted("GET /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/attendees"),
    Api::counted(
        "POST /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/attendees/batchRemove",
    )
    .most(MOST_ATTENDEES),
    Api::counted("POST /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/respond"),
    Api::counted("POST /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/signin"),
    Api::counted("GET /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/signin"),
    Api::counted("GET /v1.0/calendar/users/{unionId}/calendars/primary/events/{eventId}/signInLinks"),
    // Check-ins.
    Api::counted("POST /topapi/checkin/record/get").most(check_in::MOST_PEOPLE),
    Api::counted("GET /checkin/record"),
];
