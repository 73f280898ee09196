//! Work notices (工作通知): accepted at once, and dropped in silence when the same text came today already.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::world::Message;

/// What became of one work notice.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Notice {
    pub(crate) task_id: i64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) message: Message,
    pub(crate) delivered: Vec<String>,
    pub(crate) unknown: Vec<String>,
    /// The same content reached these people today already (143106).
    pub(crate) repeated: Vec<String>,
}

impl Notice {
    /// Whether this one makes another of the same content and day disappear.
    pub(crate) fn shadows(&self, userid: &str, message: &Message, now: DateTime<Utc>) -> bool {
        let same_day =
            crate::local_time::local(self.at).date_naive() == crate::local_time::local(now).date_naive();
        same_day && self.message == *message && self.delivered.iter().any(|reached| reached == userid)
    }
}
