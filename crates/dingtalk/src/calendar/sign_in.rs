//! Signing in at an event (日程签到).

use serde::{Deserialize, Serialize};

use crate::{ids::UnionId, lenient, sealed::shows};

/// Of whom a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInState {
    /// Those who have signed in.
    Signed,
    /// Those who have not.
    NotYet,
}

impl SignInState {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Signed => "sign_in",
            Self::NotYet => "not_yet_sign_in",
        }
    }
}

/// `POST …/signin`, answer.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInAnswer {
    /// When, milliseconds.
    #[serde(deserialize_with = "lenient::number")]
    pub check_in_time: i64,
}

/// `GET …/signin`, answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInPage {
    /// Where it goes on; absent or null at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// People of this page.
    #[serde(default, deserialize_with = "lenient::list")]
    pub users: Vec<SignedInUser>,
}

/// Somebody who has signed in, or has not.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedInUser {
    /// Who: a union id, in spite of its name.
    pub user_id: UnionId,
    /// The name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub display_name: String,
    /// When, milliseconds; only of those who have.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub check_in_time: Option<i64>,
}

shows!(SignedInUser: user_id, check_in_time);

/// `GET …/signInLinks`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInLink {
    /// What a QR code holds.
    pub sign_in_link: String,
}
