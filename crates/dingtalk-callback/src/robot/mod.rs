//! A message to the robot. By HTTP it is plain JSON with a signature in the headers; in Stream mode the same JSON in a frame. Pages:
//! [接收消息](https://open.dingtalk.com/document/development/receive-message),
//! [消息发送与接收类型](https://open.dingtalk.com/document/development/robot-message-type).

mod content;
mod message;
mod sign;

pub use content::{Content, Part};
pub use message::{Conversation, Mention, Refused, RobotMessage};
pub(crate) use sign::fresh;
pub use sign::{WINDOW, sign, verify};
