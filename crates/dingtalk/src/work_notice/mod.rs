//! Work notices (工作通知), the old host's `corpconversation`; there is no newer form. Permission `qyapi_base`; every call is counted
//! in the monthly quota.
//!
//! Pages: [发送工作通知][send], [消息通知类型][types], [获取工作通知消息的发送进度][progress], [获取工作通知消息的发送结果][result],
//! [撤回工作通知消息][recall], [更新工作通知状态栏][bar].
//!
//! [send]: https://open.dingtalk.com/document/development/asynchronous-sending-of-enterprise-session-messages
//! [types]: https://open.dingtalk.com/document/development/message-types-and-data-format
//! [progress]: https://open.dingtalk.com/document/development/obtain-the-sending-progress-of-asynchronous-sending-of-enterprise-session
//! [result]: https://open.dingtalk.com/document/development/gets-the-result-of-sending-messages-asynchronously-to-the-enterprise
//! [recall]: https://open.dingtalk.com/document/development/notification-of-work-withdrawal
//! [bar]: https://open.dingtalk.com/document/development/update-work-notification-status-bar

mod check;
mod follow;
mod message;
mod oa;
mod send;

pub use check::MOST_BYTES;
pub use follow::{
    Forbidden, ForbiddenReason, Progress, ProgressAnswer, ProgressStatus, RecallRequest, ResultAnswer,
    SendResult, StatusBarRequest, TaskRequest,
};
pub use message::{
    ButtonsCard, NoticeButton, NoticeCard, NoticeLink, NoticeMarkdown, NoticeMedia, NoticeMessage,
    NoticeText, NoticeVoice, SingleCard,
};
pub use oa::{NoticeOa, OaBody, OaField, OaHead, OaRich, StatusBar};
pub use send::{Audience, MOST_DEPARTMENTS, MOST_RECIPIENTS, NoticeAnswer, NoticeRequest, WorkNotices};
