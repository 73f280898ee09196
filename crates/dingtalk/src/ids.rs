//! The platform's ids. Texts are taken as they come, within the documented length, and compared to the letter.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::lenient;

/// The text cannot be an id of this kind: empty, too long, or with a character that ids never hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

/// White space and control characters; and the comma, which separates ids where the old host wants them in one text.
fn foreign(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == ','
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident <= $max:literal),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The platform's spelling.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, NotAnId> {
                let fits = !text.is_empty() && text.len() <= $max && !text.chars().any(foreign);
                if fits { Ok(Self(text)) } else { Err(NotAnId) }
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.to_owned().try_into()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// `userid` (also `userId`, `staffId`): a person in one organisation, immutable.
    UserId <= 256,
    /// `unionid`: a person as the apps of one developer organisation see them.
    UnionId <= 256,
    /// `corpId`: the organisation.
    CorpId <= 64,
    /// `robotCode`; for an app's own robot the same as its client id.
    RobotCode <= 128,
    /// `processCode`: a form template of the approval app.
    ProcessCode <= 128,
    /// `processInstanceId`: one approval.
    InstanceId <= 128,
    /// `outTrackId`: an interactive card, named by the app that makes it.
    OutTrackId <= 100,
    /// `cardTemplateId`: what a card looks like, published at the card platform.
    CardTemplateId <= 128,
    /// `taskId` of a to-do.
    TodoId <= 128,
    /// `eventId`: an event in a calendar.
    CalendarEventId <= 256,
    /// `openConversationId`: a group, or a chat with the robot.
    ConversationId <= 256,
    /// `chatid`: a group, as the older calls name it.
    ChatId <= 128,
    /// `media_id`: an uploaded file. Only DingTalk's own clients can open it.
    MediaId <= 512,
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(#[serde(deserialize_with = "lenient::number")] pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.trim().parse().map(Self).or(Err(NotAnId))
            }
        }
    )+};
}

numbers! {
    /// `dept_id`: a department; the root is 1.
    DeptId,
    /// `role_id` (also `roleId`, in events `labelId`): a role.
    RoleId,
    /// `group_id` (also `groupId`): a group of roles.
    RoleGroupId,
}

impl DeptId {
    /// The organisation itself.
    pub const ROOT: Self = Self(1);
}

/// `agent_id`: the app inside one organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AgentId(pub i64);

#[cfg(test)]
mod tests {
    use super::{DeptId, UserId};

    #[test]
    fn an_id_is_taken_to_the_letter_or_not_at_all() {
        for fine in ["lgb0007", "$:LWCP_v1:$u7==", "王-1"] {
            assert_eq!(fine.parse::<UserId>().unwrap().as_str(), fine);
        }
        for bad in ["", " lgb0007", "a,b", "a\nb", "a\0b", &"x".repeat(257)] {
            assert!(bad.parse::<UserId>().is_err(), "{bad:?}");
            assert!(serde_json::from_value::<UserId>(bad.into()).is_err());
        }
    }

    #[test]
    fn departments_come_as_numbers_and_as_texts() {
        assert_eq!(serde_json::from_str::<[DeptId; 2]>(r#"[1,"-1"]"#).unwrap(), [DeptId(1), DeptId(-1)]);
        assert_eq!(serde_json::to_string(&DeptId::ROOT).unwrap(), "1");
    }
}
