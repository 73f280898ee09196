//! Every call that says something. Webhooks are not counted: what goes to one is metered as a delivery.

use super::{ding, group, media, notice, robot};
use crate::http::endpoint::Cost::{Counted, Free};
use crate::http::endpoint::{Endpoint, new, old};

const ROBOT: &str = "qyapi_robot_sendmsg";
const GROUPS: &str = "qyapi_chat_manage";
const DING: &str = "Premium.Ding.Write";
const BASE: &str = "qyapi_base";

const PROGRESS: &str = "/topapi/message/corpconversation/getsendprogress";
const RESULT: &str = "/topapi/message/corpconversation/getsendresult";
const STATUS_BAR: &str = "/topapi/message/corpconversation/status_bar/update";

pub(in crate::http) const CALLS: &[Endpoint] = &[
    new("POST", "/v1.0/robot/oToMessages/batchSend", Counted, "机器人发消息", robot::batch_send).needs(ROBOT),
    new("GET", "/v1.0/robot/oToMessages/readStatus", Counted, "查机器人消息已读", robot::read_status)
        .needs(ROBOT),
    new("POST", "/v1.0/robot/otoMessages/batchRecall", Counted, "撤回机器人消息", robot::recall).needs(ROBOT),
    new("POST", "/v1.0/robot/messageFiles/download", Counted, "取发给机器人的文件", robot::file).needs(ROBOT),
    old("POST", "/robot/sendBySession", Free, "机器人回话", robot::send_by_session).open(),
    new("POST", "/v1.0/robot/groupMessages/send", Counted, "机器人发群消息", group::send).needs(ROBOT),
    new("POST", "/v1.0/robot/groupMessages/query", Counted, "查群消息已读", group::query).needs(ROBOT),
    new("POST", "/v1.0/robot/groupMessages/recall", Counted, "撤回群消息", group::recall).needs(ROBOT),
    new("POST", "/v1.0/robot/groups/robots/query", Counted, "查群里的机器人", group::robots).needs(GROUPS),
    old("POST", "/robot/send", Free, "自定义机器人发消息", group::send_custom).open(),
    new("POST", "/v1.0/robot/ding/send", Counted, "发DING", ding::send).needs(DING),
    new("POST", "/v1.0/robot/ding/recall", Counted, "撤回DING", ding::recall).needs(DING),
    old("POST", "/topapi/message/corpconversation/asyncsend_v2", Counted, "发工作通知", notice::send)
        .needs(BASE),
    old("POST", PROGRESS, Counted, "查工作通知进度", notice::progress).needs(BASE),
    old("POST", RESULT, Counted, "查工作通知结果", notice::result).needs(BASE),
    old("POST", "/topapi/message/corpconversation/recall", Counted, "撤回工作通知", notice::recall)
        .needs(BASE),
    old("POST", STATUS_BAR, Counted, "改工作通知状态", notice::status_bar).needs(BASE),
    old("POST", "/media/upload", Counted, "上传媒体文件", media::upload).needs(BASE),
];
