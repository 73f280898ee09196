//! An event as the platform keeps it.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{attendee::Attendee, recurrence::Recurrence};
use crate::{ids::CalendarEventId, lenient, sealed::shows};

/// The zone of everything this client writes.
const ZONE: &str = "Asia/Shanghai";

/// A beginning or an end: a day of an event that fills it, otherwise a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Moment {
    /// `2026-10-18`; the end of an event of whole days is the day after its last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// With an offset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_time: Option<String>,
    /// A name such as `Asia/Shanghai`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

impl Moment {
    /// A time to the second, written with its offset and in the zone `Asia/Shanghai`.
    pub fn at(time: DateTime<FixedOffset>) -> Self {
        Self { date: None, date_time: Some(time.to_rfc3339()), time_zone: Some(ZONE.to_owned()) }
    }

    /// A day, for an event that fills whole ones; its end is the day after the last.
    pub fn day(day: NaiveDate) -> Self {
        Self { date: Some(day.to_string()), date_time: None, time_zone: None }
    }

    /// The time, where there is one that can be read.
    pub fn time(&self) -> Option<DateTime<FixedOffset>> {
        DateTime::parse_from_rfc3339(self.date_time.as_deref()?).ok()
    }
}

/// Where an event takes place: words for people, no coordinates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// What people read.
    #[serde(default, deserialize_with = "lenient::text")]
    pub display_name: String,
}

/// When people are reminded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// `dingtalk`; in answers also `sms` and `phone`.
    pub method: String,
    /// Before the beginning; answered as a text.
    #[serde(deserialize_with = "lenient::number")]
    pub minutes: i64,
}

impl Reminder {
    /// In the client, so many minutes before the beginning; 0 is at the beginning.
    pub fn before(minutes: i64) -> Self {
        Self { method: "dingtalk".to_owned(), minutes }
    }
}

/// An event as it is read, alone or in a list. Times come with an offset, texts that are missing as empty ones.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CalendarEvent {
    /// Its id.
    pub id: CalendarEventId,
    /// Its title.
    #[serde(default, deserialize_with = "lenient::text")]
    pub summary: String,
    /// What it is about.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: String,
    /// When it begins.
    #[serde(default)]
    pub start: Moment,
    /// When it ends.
    #[serde(default)]
    pub end: Moment,
    /// Whether it fills whole days.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub is_all_day: bool,
    /// How it repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
    /// Who is invited; at most as many as were asked for.
    #[serde(default, deserialize_with = "lenient::list")]
    pub attendees: Vec<Attendee>,
    /// Who invites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organizer: Option<Attendee>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// When people are reminded.
    #[serde(default, deserialize_with = "lenient::list")]
    pub reminders: Vec<Reminder>,
    /// `confirmed` or `cancelled`.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "lenient::text")]
    pub status: String,
    /// Made, with an offset.
    #[serde(default, deserialize_with = "lenient::text")]
    pub create_time: String,
    /// Changed, with an offset.
    #[serde(default, deserialize_with = "lenient::text")]
    pub update_time: String,
}

shows!(CalendarEvent: id, start, end, is_all_day, status);
