//! The app's robot: one-to-one messages and answers in a session. Permission `qyapi_robot_sendmsg`.

mod message;
mod send;

pub use message::{RobotButton, RobotMessage, SessionMessage};
pub use send::{MOST_RECIPIENTS, Robot, SendReport, SendRequest, SessionAnswer};
