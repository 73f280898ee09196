//! How the workplace platform knows logins and departments.

use std::fmt;

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};

/// How the workplace platform knows a login (its userid: 1–64 characters, unique in the tenant, never reused).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
#[serde(transparent)]
pub struct AccountId(String);

impl AccountId {
    /// `None` when the text is empty, longer than 64 characters or holds white space or control characters.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = !text.is_empty() && text.chars().count() <= 64;
        let plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control());
        (fits && plain).then(|| Self(text.to_owned()))
    }

    /// The platform's spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFromU64 for AccountId {
    fn try_from_u64(_: u64) -> Result<Self, DbErr> {
        Err(DbErr::ConvertFromU64("AccountId"))
    }
}

/// How the workplace platform knows a department. The root is 1. A department keeps its id whatever it is called and wherever it
/// is moved.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
)]
#[serde(transparent)]
pub struct DepartmentId(pub i64);

impl fmt::Display for DepartmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
