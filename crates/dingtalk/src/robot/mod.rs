//! The app's robot: messages to people and to groups, what became of them, answers in a session, DING; and the webhook robot of a
//! group. Permissions: `qyapi_robot_sendmsg`, for DING `Premium.Ding.Write`, for the robots of a group `qyapi_chat_manage`.
//!
//! Pages: [批量发送人与机器人会话中机器人消息][send], [机器人发送群聊消息][group], [消息发送与接收类型][types],
//! [自定义机器人发送群消息][custom], [发送DING消息][ding].
//!
//! [send]: https://open.dingtalk.com/document/development/chatbots-send-one-on-one-chat-messages-in-batches
//! [group]: https://open.dingtalk.com/document/development/the-robot-sends-a-group-message
//! [types]: https://open.dingtalk.com/document/development/robot-message-type
//! [custom]: https://open.dingtalk.com/document/development/custom-robots-send-group-messages
//! [ding]: https://open.dingtalk.com/document/development/robot-sends-nail-message

mod custom;
mod ding;
mod files;
mod follow;
mod group;
mod message;
mod send;
mod session;
mod template;

pub use custom::{CustomRequest, CustomRobot, MOST_A_MINUTE};
pub use ding::{
    CallVoice, Ding, DingAnswer, DingRecall, DingRequest, MOST_IN_APP, MOST_SMS_OR_PHONE, Remind,
};
pub use files::{FileAnswer, FileRequest};
pub use follow::{
    GroupReadPage, GroupReadRequest, GroupRecall, MOST_KEYS, PeopleRead, PeopleRecall, ReadInfo, ReadStatus,
    RecallReport, SendStatus,
};
pub use group::{GroupRobot, GroupRobots, GroupSendAnswer, GroupSendRequest, MOST_PARAM_BYTES};
pub use message::{FileKind, RobotButton, RobotMessage};
pub use send::{MOST_RECIPIENTS, Robot, SendReport, SendRequest, SessionAnswer};
pub use session::{
    At, FeedCard, FeedLink, SessionButton, SessionCard, SessionLink, SessionMarkdown, SessionMessage,
    SessionText,
};
