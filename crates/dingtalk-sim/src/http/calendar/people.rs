//! The people of an event: invited, answering, signed in.

use dingtalk::calendar::{AttendeesPage, SignInAnswer, SignInLink, SignInPage, SignedInUser};
use serde_json::{Value, json};

use super::event::{attendee, name, offset, size};
use crate::forms::Strict;
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{CalendarDay, Guest, Refusal};

const MOST_AT_ONCE: usize = 500;

/// People in a list of the body.
pub(super) fn invited(body: &mut Strict, list: &str) -> Result<Vec<Guest>, Refusal> {
    let mut guests: Vec<Guest> = Vec::new();
    for mut one in body.objects(list)? {
        let guest = Guest::new(one.text("id")?, one.flag("isOptional")?);
        one.done()?;
        if !guests.iter().any(|known| known.unionid == guest.unionid) {
            guests.push(guest);
        }
    }
    if guests.len() > MOST_AT_ONCE {
        return Err(Refusal::Parameter(format!("{list}: at most {MOST_AT_ONCE}")));
    }
    Ok(guests)
}

pub(super) fn add(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (organizer, event) = (call.part()?, call.part()?);
    let guests = invited(&mut call.body, "attendeesToAdd")?;
    call.body.flag("pushNotification")?;
    call.body.flag("chatNotification")?;
    call.read_whole()?;
    let more = |event: &mut CalendarDay| {
        let known: Vec<_> = event.guests.iter().map(|guest| guest.unionid.clone()).collect();
        event.guests.extend(guests.into_iter().filter(|guest| !known.contains(&guest.unionid)));
        Ok(())
    };
    call.state.tenancy.change_event(&organizer, &event, more, call.now)?;
    Ok(json!({}))
}

pub(super) fn remove(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (organizer, event) = (call.part()?, call.part()?);
    let mut gone = Vec::new();
    for mut one in call.body.objects("attendeesToRemove")? {
        gone.push(one.text("id")?);
        one.done()?;
    }
    call.read_whole()?;
    let less = |event: &mut CalendarDay| {
        event.guests.retain(|guest| !gone.contains(&guest.unionid));
        Ok(())
    };
    call.state.tenancy.change_event(&organizer, &event, less, call.now)?;
    Ok(json!({}))
}

pub(super) fn respond(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (guest, event) = (call.part()?, call.part()?);
    let word = call.body.text("responseStatus")?;
    call.read_whole()?;
    let response = serde_json::from_value(json!(word))
        .map_err(|_unknown| Refusal::Parameter(format!("responseStatus {word} is not known")))?;
    call.state.tenancy.respond(&guest, &event, response, call.now)?;
    Ok(json!({}))
}

pub(super) fn list(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (reader, event) = (call.part()?, call.part()?);
    let size = size(call.query.optional_number("maxResults")?, MOST_AT_ONCE)?;
    let offset = offset(call.query.optional_text("nextToken")?)?;
    call.read_whole()?;
    let tenancy = &call.state.tenancy;
    let guests = &tenancy.event_for(&reader, &event)?.guests;
    let page = guests.iter().skip(offset).take(size);
    let attendees = page.map(|guest| attendee(tenancy, guest, &reader)).collect::<Result<_, _>>()?;
    let next_token = (guests.len() > offset + size).then(|| (offset + size).to_string());
    wire(AttendeesPage { next_token, attendees })
}

pub(super) fn sign_in(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (guest, event) = (call.part()?, call.part()?);
    call.read_whole()?;
    let at = call.state.tenancy.sign_in(&guest, &event, call.now)?;
    wire(SignInAnswer { check_in_time: at.timestamp_millis() })
}

pub(super) fn signed(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (reader, event) = (call.part()?, call.part()?);
    let signed = match call.query.text("type")?.as_str() {
        "sign_in" => true,
        "not_yet_sign_in" => false,
        other => return Err(Refusal::Parameter(format!("type {other} is not known"))),
    };
    let size = size(Some(call.query.number("maxResults")?), MOST_AT_ONCE)?;
    let offset = offset(call.query.optional_text("nextToken")?)?;
    call.read_whole()?;
    let tenancy = &call.state.tenancy;
    let guests = tenancy.event_for(&reader, &event)?.guests.iter();
    let rest: Vec<_> = guests.filter(|guest| guest.signed_in_at.is_some() == signed).skip(offset).collect();
    let user = |guest: &&Guest| {
        Ok(SignedInUser {
            user_id: id(guest.unionid.clone())?,
            display_name: name(tenancy, &guest.unionid),
            check_in_time: guest.signed_in_at.map(|at| at.timestamp_millis()),
        })
    };
    let users = rest.iter().take(size).map(user).collect::<Result<_, Refusal>>()?;
    let next_token = (rest.len() > size).then(|| (offset + size).to_string());
    wire(SignInPage { next_token, users })
}

pub(super) fn link(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (organizer, event) = (call.part()?, call.part()?);
    call.read_whole()?;
    let event = call.state.tenancy.event_for(&organizer, &event)?;
    if event.organizer != organizer {
        return Err(Refusal::coded("permissionDenied", "Request user has no permission to launch check in"));
    }
    let sign_in_link = format!("http://qr.dingtalk.com/page/dingcheckin?isNew=1&code={}", event.id);
    wire(SignInLink { sign_in_link })
}
