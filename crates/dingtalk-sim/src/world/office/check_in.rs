//! Where people checked in with the client's own app.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

use crate::world::{Happening, Refusal, Tenancy};

/// Somebody was somewhere (签到).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckIn {
    /// Who.
    pub userid: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Where, in a few words.
    pub place: String,
    /// Where, as an address.
    pub detail_place: String,
    /// What they wrote with it.
    pub remark: String,
    /// Degrees.
    pub longitude: f64,
    /// Degrees.
    pub latitude: f64,
}

impl Tenancy {
    pub(crate) fn check_in(&mut self, check_in: CheckIn, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.directory.person(&check_in.userid)?;
        let fields = Map::from_iter([
            ("staffId".to_owned(), json!(check_in.userid)),
            ("timeStamp".to_owned(), json!(now.timestamp_millis())),
        ]);
        self.office.check_ins.push(check_in);
        self.happen(Happening::Other { kind: "check_in".to_owned(), fields }, now);
        Ok(())
    }

    /// Oldest first.
    pub(crate) fn check_ins(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> impl Iterator<Item = &CheckIn> + use<'_> {
        self.office.check_ins.iter().filter(move |one| from <= one.at && one.at <= until)
    }
}
