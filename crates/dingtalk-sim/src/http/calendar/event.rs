//! Events as the app reads them.

use chrono::{DateTime, Utc};
use dingtalk::calendar::{Attendee, CalendarEvent, EventsPage};
use serde_json::Value;

use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{CalendarDay, Guest, Refusal, Tenancy};

const LARGEST_PAGE: usize = 100;

pub(super) fn get(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (person, event) = (call.part()?, call.part()?);
    let most = call.query.optional_number("maxAttendees")?.unwrap_or(100);
    call.read_whole()?;
    let most = usize::try_from(most).ok().filter(|most| *most <= 500);
    let most = most.ok_or_else(|| Refusal::Parameter("maxAttendees: at most 500".to_owned()))?;
    let tenancy = &call.state.tenancy;
    wire(shown(tenancy, tenancy.event_for(&person, &event)?, &person, most)?)
}

pub(super) fn list(mut call: Call<'_>) -> Result<Value, Refusal> {
    let person = call.part()?;
    let from = time(call.query.optional_text("timeMin")?)?;
    let until = time(call.query.optional_text("timeMax")?)?;
    let deleted = call.query.flag("showDeleted")?;
    let size = size(call.query.optional_number("maxResults")?, LARGEST_PAGE)?;
    let most = size_of(call.query.optional_number("maxAttendees")?)?;
    let offset = offset(call.query.optional_text("nextToken")?)?;
    call.read_whole()?;
    if let (Some(from), Some(until)) = (from, until)
        && (until < from || until - from > chrono::TimeDelta::days(366))
    {
        return Err(Refusal::Parameter("timeMin and timeMax are at most a year apart".to_owned()));
    }
    let tenancy = &call.state.tenancy;
    let inside = |event: &&CalendarDay| {
        let start = starts(event);
        (deleted || !event.deleted)
            && from.is_none_or(|from| start.is_some_and(|start| start >= from))
            && until.is_none_or(|until| start.is_some_and(|start| start <= until))
    };
    let rest: Vec<_> = tenancy.events_of(&person).filter(inside).skip(offset).take(size + 1).collect();
    let events = rest.iter().take(size).map(|event| shown(tenancy, event, &person, most));
    let events = events.collect::<Result<_, _>>()?;
    let next_token = (rest.len() > size).then(|| (offset + size).to_string());
    wire(EventsPage { next_token, events })
}

/// A day of an event that fills it begins at midnight here.
fn starts(event: &CalendarDay) -> Option<DateTime<Utc>> {
    let day = || {
        let midnight = format!("{}T00:00:00+08:00", event.start.date.as_deref()?);
        DateTime::parse_from_rfc3339(&midnight).ok()
    };
    event.start.time().or_else(day).map(|at| at.with_timezone(&Utc))
}

pub(super) fn shown(
    tenancy: &Tenancy,
    event: &CalendarDay,
    reader: &str,
    most: usize,
) -> Result<CalendarEvent, Refusal> {
    let organizer = Guest::new(event.organizer.clone(), false);
    Ok(CalendarEvent {
        id: id(event.id.clone())?,
        summary: event.summary.clone(),
        description: event.description.clone(),
        start: event.start.clone(),
        end: event.end.clone(),
        is_all_day: event.is_all_day,
        recurrence: event.recurrence.clone(),
        attendees: event
            .guests
            .iter()
            .take(most)
            .map(|guest| attendee(tenancy, guest, reader))
            .collect::<Result<_, _>>()?,
        organizer: Some(attendee(tenancy, &organizer, reader)?),
        location: event.location.clone(),
        reminders: event.reminders.clone(),
        status: if event.deleted { "cancelled" } else { "confirmed" }.to_owned(),
        create_time: event.created_at.to_rfc3339(),
        update_time: event.changed_at.to_rfc3339(),
    })
}

pub(super) fn attendee(tenancy: &Tenancy, guest: &Guest, reader: &str) -> Result<Attendee, Refusal> {
    Ok(Attendee {
        id: id(guest.unionid.clone())?,
        display_name: name(tenancy, &guest.unionid),
        response_status: guest.response,
        is_self: guest.unionid == reader,
        is_optional: guest.optional,
    })
}

pub(super) fn name(tenancy: &Tenancy, unionid: &str) -> String {
    tenancy.by_union(unionid).map(|person| person.name.clone()).unwrap_or_default()
}

fn size_of(most: Option<i64>) -> Result<usize, Refusal> {
    size(most, LARGEST_PAGE)
}

pub(super) fn size(given: Option<i64>, most: usize) -> Result<usize, Refusal> {
    let given = usize::try_from(given.unwrap_or(100)).ok();
    let fits = given.filter(|size| (1..=most).contains(size));
    fits.ok_or_else(|| Refusal::Parameter(format!("a page has 1 to {most}")))
}

pub(super) fn offset(token: Option<String>) -> Result<usize, Refusal> {
    let token = token.unwrap_or_else(|| "0".to_owned());
    token.parse().map_err(|_no_token| Refusal::Parameter("nextToken is not one of ours".to_owned()))
}

fn time(text: Option<String>) -> Result<Option<DateTime<Utc>>, Refusal> {
    let read = |text: String| {
        let wrong = |_error| Refusal::Parameter(format!("{text} is no time with an offset"));
        DateTime::parse_from_rfc3339(&text).map(|at| at.with_timezone(&Utc)).map_err(wrong)
    };
    text.map(read).transpose()
}
