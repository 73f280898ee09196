//! What became of a message that the robot sent.

use chrono::{DateTime, Utc};
use dingtalk::{RobotCode, UnionId, UserId};

use crate::fields::Fields;

/// What happened to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RobotMove {
    /// `robot_msg_read`
    Read,
    /// `robot_msg_recall`
    Recalled,
}

/// Somebody read a message of the robot, or took one back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RobotChange {
    /// What happened.
    pub change: RobotMove,
    /// To which sending: the key that the call which sent it answered.
    pub process_query_key: String,
    /// Who.
    pub user: Option<UserId>,
    /// The same person across the developer's apps.
    pub union_id: Option<UnionId>,
    /// In which conversation.
    pub conversation: Option<String>,
    /// Of which robot.
    pub robot_code: Option<RobotCode>,
    /// When.
    pub at: Option<DateTime<Utc>>,
}

impl RobotChange {
    pub(super) fn read(kind: &str, fields: Fields<'_>) -> Option<Self> {
        let change = match kind {
            "robot_msg_read" => RobotMove::Read,
            "robot_msg_recall" => RobotMove::Recalled,
            _ => return None,
        };
        Some(Self {
            change,
            process_query_key: fields.text("processquerykey")?,
            user: fields.parsed("userid"),
            union_id: fields.parsed("unionid"),
            conversation: fields.text("openconversationid"),
            robot_code: fields.parsed("robotcode"),
            // The platform spells it so; the other spelling in case it ever mends that.
            at: fields.time("operattime").or_else(|| fields.time("operatetime")),
        })
    }
}
