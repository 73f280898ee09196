//! A new event, and a change of one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    attendee::Invited,
    event::{Location, Moment, Reminder},
    recurrence::Recurrence,
};
use crate::{error::Error, ids::CalendarEventId, sealed::shows};

/// The most people in one request.
pub const MOST_ATTENDEES: usize = 500;

/// `POST /v1.0/calendar/users/{userId}/calendars/primary/events`, request.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewEvent {
    /// At most 2048 characters.
    pub summary: String,
    /// At most 5000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When it begins.
    pub start: Moment,
    /// When it ends; of an event of whole days the day after its last.
    pub end: Moment,
    /// Whether it fills whole days.
    #[serde(default)]
    pub is_all_day: bool,
    /// How it repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
    /// At most 500.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attendees: Vec<Invited>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// A quarter of an hour before when absent; nothing when empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminders: Option<Vec<Reminder>>,
    /// A video meeting with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online_meeting_info: Option<OnlineMeeting>,
    /// `noPushNotification` and `noChatNotification`, each `true` or `false` as a text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
    /// Which parts of its page are shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ui_configs: Vec<UiConfig>,
    /// Instead of the description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rich_text_description: Option<RichText>,
}

shows!(NewEvent: start, end, is_all_day, recurrence);

/// A video meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnlineMeeting {
    /// `dingtalk`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// A part of an event's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UiConfig {
    /// `updateEventButton`, `deleteEventButton`, `transferEventButton`, `attendee`, `comment`.
    pub ui_name: String,
    /// `hide`, `disable` or `enable`.
    pub ui_status: String,
}

/// A description as HTML.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RichText {
    /// HTML.
    pub text: String,
}

shows!(RichText);

/// `PUT …/events/{eventId}`, request. What is absent stays.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct EventChange {
    /// At most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// At most 5000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Moment>,
    /// When it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Moment>,
    /// Whether it fills whole days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_all_day: Option<bool>,
    /// How it repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
    /// Who is invited instead of those before, at most 500.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendees: Option<Vec<Invited>>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// When people are reminded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminders: Option<Vec<Reminder>>,
    /// As in [`NewEvent`].
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

shows!(EventChange: start, end);

/// The body of a change says once more which event it is.
#[derive(Serialize)]
pub(super) struct ChangeRequest<'a> {
    pub(super) id: &'a CalendarEventId,
    #[serde(flatten)]
    pub(super) change: &'a EventChange,
}

impl NewEvent {
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.summary.is_empty() {
            return Err(Error::NotSent("an event has a title"));
        }
        moments(Some(&self.start), Some(&self.end), self.is_all_day)?;
        people(self.attendees.len())?;
        self.recurrence.as_ref().map_or(Ok(()), Recurrence::check)?;
        texts(Some(&self.summary), self.description.as_ref())
    }
}

impl EventChange {
    pub(super) fn check(&self) -> Result<(), Error> {
        let all_day =
            self.is_all_day.unwrap_or_else(|| self.start.as_ref().is_some_and(|at| at.date.is_some()));
        moments(self.start.as_ref(), self.end.as_ref(), all_day)?;
        people(self.attendees.as_ref().map_or(0, Vec::len))?;
        self.recurrence.as_ref().map_or(Ok(()), Recurrence::check)?;
        texts(self.summary.as_ref(), self.description.as_ref())
    }
}

fn moments(start: Option<&Moment>, end: Option<&Moment>, all_day: bool) -> Result<(), Error> {
    let fits = |at: &Moment| {
        if all_day {
            at.date.is_some() && at.date_time.is_none() && at.time_zone.is_none()
        } else {
            at.date.is_none() && at.time().is_some() && at.time_zone.is_some()
        }
    };
    if !start.into_iter().chain(end).all(fits) {
        return Err(Error::NotSent("an event of whole days has days, every other has times with their zone"));
    }
    let (Some(start), Some(end)) = (start, end) else { return Ok(()) };
    let ordered = match (start.time(), end.time()) {
        (Some(start), Some(end)) => start <= end,
        // `2026-10-18`: the order of texts is the order of days.
        _ => start.date < end.date,
    };
    if !ordered {
        return Err(Error::NotSent(
            "an event ends after it begins; of whole days, on the day after its last",
        ));
    }
    if start.time_zone != end.time_zone {
        return Err(Error::NotSent("an event begins and ends in the same zone"));
    }
    Ok(())
}

pub(super) fn people(count: usize) -> Result<(), Error> {
    if count > MOST_ATTENDEES {
        return Err(Error::NotSent("at most 500 people are invited at once"));
    }
    Ok(())
}

fn texts(summary: Option<&String>, description: Option<&String>) -> Result<(), Error> {
    let long = |text: Option<&String>, most| text.is_some_and(|text| text.chars().count() > most);
    if long(summary, 2048) {
        return Err(Error::NotSent("the title of an event has at most 2048 characters"));
    }
    if long(description, 5000) {
        return Err(Error::NotSent("the description of an event has at most 5000 characters"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};

    use super::*;

    #[test]
    fn times_and_days_are_not_mixed() {
        let at = |text| Moment::at(DateTime::parse_from_rfc3339(text).unwrap());
        let day = |n| Moment::day(NaiveDate::from_ymd_opt(2026, 10, n).unwrap());
        let event = |start, end, is_all_day| {
            NewEvent { summary: "座谈会".to_owned(), start, end, is_all_day, ..NewEvent::default() }.check()
        };
        let (nine, eleven) = ("2026-10-18T09:00:00+08:00", "2026-10-18T11:00:00+08:00");
        assert!(event(at(nine), at(eleven), false).is_ok());
        assert!(event(day(18), day(19), true).is_ok());
        assert!(event(day(18), day(18), true).is_err(), "the end is the day after");
        assert!(event(at(eleven), at(nine), false).is_err());
        assert!(event(day(18), day(19), false).is_err());
        assert!(event(at(nine), at(eleven), true).is_err());
    }
}
