//! The app's robot: one-to-one messages and answers in a session. Permission `qyapi_robot_sendmsg`.
//!
//! Pages: [批量发送人与机器人会话中机器人消息][send], [消息发送与接收类型][types].
//!
//! [send]: https://open.dingtalk.com/document/development/chatbots-send-one-on-one-chat-messages-in-batches
//! [types]: https://open.dingtalk.com/document/development/robot-message-type

mod message;
mod send;
mod session;

pub use message::{RobotButton, RobotMessage};
pub use send::{MOST_RECIPIENTS, Robot, SendReport, SendRequest, SessionAnswer};
pub use session::{SessionButton, SessionCard, SessionMarkdown, SessionMessage, SessionText};
