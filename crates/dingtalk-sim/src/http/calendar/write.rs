//! Making, changing and deleting events.

use chrono::NaiveDate;
use dingtalk::calendar::{Location, Moment, Reminder};
use serde_json::{Value, json};

use super::event::shown;
use super::people::invited;
use crate::forms::Strict;
use crate::http::answer::wire;
use crate::http::call::Call;
use crate::world::{CalendarDay, Refusal};

const MOST_SHOWN: usize = 100;

pub(super) fn create(mut call: Call<'_>) -> Result<Value, Refusal> {
    let organizer = call.part()?;
    let mut event = CalendarDay {
        id: String::new(),
        organizer: organizer.clone(),
        summary: String::new(),
        description: String::new(),
        start: Moment::default(),
        end: Moment::default(),
        is_all_day: false,
        recurrence: None,
        location: None,
        reminders: vec![Reminder::before(15)],
        guests: Vec::new(),
        created_at: call.now,
        changed_at: call.now,
        deleted: false,
    };
    read(&mut call.body, &mut event)?;
    if let Some(mut meeting) = call.body.optional_object("onlineMeetingInfo")? {
        meeting.text("type")?;
        meeting.done()?;
    }
    for mut config in call.body.objects("uiConfigs")? {
        config.text("uiName")?;
        config.text("uiStatus")?;
        config.done()?;
    }
    if let Some(mut rich) = call.body.optional_object("richTextDescription")? {
        rich.text("text")?;
        rich.done()?;
    }
    let mark = call.client_token.take();
    call.read_whole()?;
    let tenancy = &mut call.state.tenancy;
    let known = tenancy.marked(mark.as_deref(), call.now);
    let id = if let Some(id) = known {
        id
    } else {
        let id = tenancy.create_event(event, call.now)?;
        tenancy.mark(mark, &id, call.now);
        id
    };
    wire(shown(tenancy, tenancy.own_event(&organizer, &id)?, &organizer, MOST_SHOWN)?)
}

pub(super) fn update(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (organizer, id) = (call.part()?, call.part()?);
    if call.body.text("id")? != id {
        return Err(Refusal::Parameter("id is not the event of the path".to_owned()));
    }
    let mut event = call.state.tenancy.own_event(&organizer, &id)?.clone();
    read(&mut call.body, &mut event)?;
    let mark = call.client_token.take();
    call.read_whole()?;
    let tenancy = &mut call.state.tenancy;
    if tenancy.marked(mark.as_deref(), call.now).is_none() {
        let change = |kept: &mut CalendarDay| {
            *kept = event;
            Ok(())
        };
        tenancy.change_event(&organizer, &id, change, call.now)?;
        tenancy.mark(mark, &id, call.now);
    }
    wire(shown(tenancy, tenancy.own_event(&organizer, &id)?, &organizer, MOST_SHOWN)?)
}

pub(super) fn delete(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (organizer, id) = (call.part()?, call.part()?);
    call.query.flag("pushNotification")?;
    call.read_whole()?;
    let gone = |event: &mut CalendarDay| {
        event.deleted = true;
        Ok(())
    };
    call.state.tenancy.change_event(&organizer, &id, gone, call.now)?;
    Ok(json!({}))
}

/// What both calls say; what is absent stays as it is.
fn read(body: &mut Strict, event: &mut CalendarDay) -> Result<(), Refusal> {
    let wrong = |why: &str| Err(Refusal::Parameter(why.to_owned()));
    if body.has("summary") {
        event.summary = body.short_text("summary", 2048)?;
    }
    if body.has("description") {
        event.description = body.short_text("description", 5000)?;
    }
    if body.has("isAllDay") {
        event.is_all_day = body.flag("isAllDay")?;
    }
    for (name, kept) in [("start", &mut event.start), ("end", &mut event.end)] {
        if let Some(mut moment) = body.optional_object(name)? {
            *kept = Moment {
                date: moment.optional_text("date")?,
                date_time: moment.optional_text("dateTime")?,
                time_zone: moment.optional_text("timeZone")?,
            };
            moment.done()?;
        }
    }
    if let Some(recurrence) = body.optional_object("recurrence")? {
        event.recurrence = Some(super::recurrence::read(recurrence)?);
    }
    if body.has("attendees") {
        event.guests = invited(body, "attendees")?;
    }
    if let Some(mut location) = body.optional_object("location")? {
        event.location = Some(Location { display_name: location.text("displayName")? });
        location.done()?;
    }
    if body.has("reminders") {
        event.reminders = Vec::new();
        for mut reminder in body.objects("reminders")? {
            let read = Reminder { method: reminder.text("method")?, minutes: reminder.number("minutes")? };
            reminder.done()?;
            if read.method != "dingtalk" {
                return wrong("reminders: method is dingtalk");
            }
            event.reminders.push(read);
        }
    }
    body.text_map("extra")?;
    if event.summary.trim().is_empty() {
        return wrong("Event summary cannot be blank");
    }
    for (moment, name) in [(&event.start, "start"), (&event.end, "end")] {
        let day =
            moment.date.as_deref().is_some_and(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok());
        let fits = if event.is_all_day {
            day && moment.date_time.is_none() && moment.time_zone.is_none()
        } else {
            moment.date.is_none() && moment.time().is_some() && moment.time_zone.is_some()
        };
        if !fits {
            return Err(Refusal::Parameter(format!("Event {name} time not set as isAllDay demands")));
        }
    }
    let ordered = match (event.start.time(), event.end.time()) {
        (Some(start), Some(end)) => start <= end,
        _ => event.start.date < event.end.date,
    };
    if ordered { Ok(()) } else { wrong("the end is not after the start") }
}
