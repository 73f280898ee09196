//! The platform's ids. Texts are taken as they come, within the documented length, and compared to the letter.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The text cannot be an id of this kind: empty, too long, or with white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

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
                let fits = !text.is_empty() && text.len() <= $max && !text.chars().any(char::is_whitespace);
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
}

/// `dept_id`: a department; the root is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeptId(pub i64);

impl DeptId {
    /// The organisation itself.
    pub const ROOT: Self = Self(1);
}

/// `agent_id`: the app inside one organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AgentId(pub i64);
