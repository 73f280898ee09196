//! When the platform is asked for the events that it could not deliver: rarely, because each question is a counted call, and once for all
//! servers. At once when a server begins and after all of them were away, again when everything of that time must be in its list, and
//! else at long intervals.
//!
//! Elsewhere: `server/src/jobs/failed_events.rs` (asks).

mod turn;

pub mod entity;
pub mod store;

use chrono::TimeDelta;

/// No server has looked for so long: all were away, or the database was. The platform tries an event three times within forty seconds, so
/// a shorter absence loses none, if it is the only one.
pub const AWAY: TimeDelta = TimeDelta::seconds(30);
/// How often a server says that it is there.
pub const BEAT: TimeDelta = TimeDelta::seconds(5);
/// An event is in the list five minutes after its last try at the latest.
pub const LISTED: TimeDelta = TimeDelta::minutes(6);
