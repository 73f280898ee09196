//! Who is invited, and what they answered.

use serde::{Deserialize, Serialize};

use crate::{ids::UnionId, lenient, sealed::shows};

/// What somebody answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Response {
    /// Nothing yet.
    #[default]
    NeedsAction,
    /// Comes.
    Accepted,
    /// Does not come.
    Declined,
    /// Perhaps.
    Tentative,
}

/// Somebody of an event.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attendee {
    /// Who.
    pub id: UnionId,
    /// The name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub display_name: String,
    /// What they answered.
    #[serde(default)]
    pub response_status: Response,
    /// Whether it is the person in the address.
    #[serde(default, rename = "self", deserialize_with = "lenient::boolean")]
    pub is_self: bool,
    /// Whether they may stay away.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub is_optional: bool,
}

shows!(Attendee: id, response_status, is_optional);

/// Somebody to invite, one of at most [`MOST_ATTENDEES`](super::MOST_ATTENDEES) of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Invited {
    /// Who.
    pub id: UnionId,
    /// Whether they may stay away.
    #[serde(default)]
    pub is_optional: bool,
}

impl Invited {
    /// Somebody who is expected.
    pub fn expected(id: UnionId) -> Self {
        Self { id, is_optional: false }
    }
}

/// `POST …/attendees`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddAttendees {
    /// At most 500.
    pub attendees_to_add: Vec<Invited>,
    /// Whether their phones ring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push_notification: Option<bool>,
    /// Whether they get a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_notification: Option<bool>,
}

/// `POST …/attendees/batchRemove`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemoveAttendees {
    /// At most 500.
    pub attendees_to_remove: Vec<Who>,
}

/// Somebody who is no longer invited.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Who {
    /// Who.
    pub id: UnionId,
}

/// `POST …/respond`, request.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Respond {
    /// The answer.
    pub response_status: Response,
}

/// `GET …/attendees`, answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttendeesPage {
    /// Where it goes on; absent or null at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// People of this page.
    #[serde(default, deserialize_with = "lenient::list")]
    pub attendees: Vec<Attendee>,
}
