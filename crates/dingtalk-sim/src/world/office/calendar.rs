//! Calendars: events with their people, answers and signatures. People are named by their union id.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk::calendar::{Location, Moment, Recurrence, Reminder, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

use crate::world::{Happening, Refusal, Tenancy};

/// How long a request with a mark is the same request.
const SAME_FOR: TimeDelta = TimeDelta::days(1);
const MOST_A_DAY: usize = 100;
const MOST_GUESTS: usize = 5000;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Calendars {
    events: Vec<CalendarDay>,
    /// Marks of requests, with the event they led to.
    marks: BTreeMap<String, (DateTime<Utc>, String)>,
}

/// An event in somebody's calendar.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CalendarDay {
    /// Its id, the same for everybody.
    pub id: String,
    /// Union id.
    pub organizer: String,
    /// What it is about.
    pub summary: String,
    /// More about it; may be empty.
    pub description: String,
    /// When it begins.
    pub start: Moment,
    /// When it ends.
    pub end: Moment,
    /// It fills days, and has no hours.
    pub is_all_day: bool,
    /// How it repeats.
    pub recurrence: Option<Recurrence>,
    /// Where it is.
    pub location: Option<Location>,
    /// How long before the guests are reminded.
    pub reminders: Vec<Reminder>,
    /// Who is invited.
    pub guests: Vec<Guest>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    pub changed_at: DateTime<Utc>,
    /// It was taken off the calendar.
    pub deleted: bool,
}

/// Somebody who is invited.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Guest {
    /// Who is invited.
    pub unionid: String,
    /// They need not come.
    pub optional: bool,
    /// What they have answered.
    pub response: Response,
    /// When they signed in.
    pub signed_in_at: Option<DateTime<Utc>>,
}

impl Tenancy {
    /// A request with a mark of the last day leads to the same event and does nothing.
    pub(crate) fn marked(&self, mark: Option<&str>, now: DateTime<Utc>) -> Option<String> {
        let (at, id) = self.office.calendars.marks.get(mark?)?;
        (now - *at < SAME_FOR).then(|| id.clone())
    }

    pub(crate) fn mark(&mut self, mark: Option<String>, id: &str, now: DateTime<Utc>) {
        if let Some(mark) = mark {
            self.office.calendars.marks.insert(mark, (now, id.to_owned()));
        }
    }

    pub(crate) fn create_event(
        &mut self,
        mut event: CalendarDay,
        now: DateTime<Utc>,
    ) -> Result<String, Refusal> {
        self.must_be_union(&event.organizer, "invalidParameter")?;
        self.must_know(&event.guests)?;
        let today = crate::local_time::local(now).date_naive();
        let same_day = |one: &&CalendarDay| {
            one.organizer == event.organizer && crate::local_time::local(one.created_at).date_naive() == today
        };
        if self.office.calendars.events.iter().filter(same_day).count() >= MOST_A_DAY {
            return Err(Refusal::coded("flowLimit", "current user can not create events exceed 100 per day"));
        }
        event.id = self.ids.word(22);
        let id = event.id.clone();
        self.calendar_changed(&event, "create", now);
        self.office.calendars.events.push(event);
        Ok(id)
    }

    pub(crate) fn change_event(
        &mut self,
        organizer: &str,
        id: &str,
        change: impl FnOnce(&mut CalendarDay) -> Result<(), Refusal>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let mut event = self.own_event(organizer, id)?.clone();
        change(&mut event)?;
        self.must_know(&event.guests)?;
        event.changed_at = now;
        let kind = if event.deleted { "delete" } else { "update" };
        self.calendar_changed(&event, kind, now);
        if let Some(kept) = self.office.calendars.events.iter_mut().find(|one| one.id == id) {
            *kept = event;
        }
        Ok(())
    }

    pub(crate) fn respond(
        &mut self,
        guest: &str,
        id: &str,
        response: Response,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let organizer = self.event_for(guest, id)?.organizer.clone();
        let answer = |event: &mut CalendarDay| {
            for one in event.guests.iter_mut().filter(|one| one.unionid == guest) {
                one.response = response;
            }
            Ok(())
        };
        self.change_event(&organizer, id, answer, now)
    }

    /// 签到; a second time changes nothing.
    pub(crate) fn sign_in(
        &mut self,
        guest: &str,
        id: &str,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, Refusal> {
        let outside = || Refusal::coded("notInEvent", "用户不在日程内");
        self.event_for(guest, id).map_err(|_not_theirs| outside())?;
        let event = self.office.calendars.events.iter_mut().find(|one| one.id == id).ok_or_else(outside)?;
        let found = event.guests.iter_mut().find(|one| one.unionid == guest).ok_or_else(outside)?;
        Ok(*found.signed_in_at.get_or_insert(now))
    }

    /// An event of somebody who organises it or is invited.
    pub(crate) fn event_for(&self, person: &str, id: &str) -> Result<&CalendarDay, Refusal> {
        let found = self.office.calendars.events.iter().find(|one| one.id == id && !one.deleted);
        found.filter(|event| event.concerns(person)).ok_or_else(not_found)
    }

    /// Only the organiser changes an event.
    pub(crate) fn own_event(&self, organizer: &str, id: &str) -> Result<&CalendarDay, Refusal> {
        let event = self.event_for(organizer, id)?;
        if event.organizer != organizer {
            return Err(Refusal::coded("permissionDeny", "only the organizer may"));
        }
        Ok(event)
    }

    pub(crate) fn events_of<'t>(&'t self, person: &'t str) -> impl Iterator<Item = &'t CalendarDay> {
        self.office.calendars.events.iter().filter(move |event| event.concerns(person))
    }

    fn must_know(&self, guests: &[Guest]) -> Result<(), Refusal> {
        if guests.len() > MOST_GUESTS {
            return Err(Refusal::coded("invalidParameter", "an event has at most 5000 attendees"));
        }
        guests.iter().try_for_each(|guest| self.must_be_union(&guest.unionid, "invalidParameter"))
    }

    fn calendar_changed(&mut self, event: &CalendarDay, kind: &str, now: DateTime<Utc>) {
        let mut people: Vec<_> = event.guests.iter().map(|guest| &guest.unionid).collect();
        people.push(&event.organizer);
        people.sort();
        people.dedup();
        let fields = json!({
            "calendarEventId": event.id,
            "legacyCalendarEventId": event.id,
            "calendarId": "primary",
            "calendarEventUpdateTime": now.timestamp_millis(),
            "unionIdList": people,
            "changeType": kind,
            "operator": {"type": "user"},
        });
        let fields = fields.as_object().cloned().unwrap_or_else(Map::new);
        self.happen(Happening::Other { kind: "calendar_event_change".to_owned(), fields }, now);
    }
}

impl CalendarDay {
    fn concerns(&self, person: &str) -> bool {
        self.organizer == person || self.guests.iter().any(|guest| guest.unionid == person)
    }
}

impl Guest {
    pub(crate) fn new(unionid: String, optional: bool) -> Self {
        Self { unionid, optional, response: Response::NeedsAction, signed_in_at: None }
    }
}

fn not_found() -> Refusal {
    Refusal::coded_with(404, "itemNotFound", "there is no such event")
}
