//! Every call about calendars. The first open part of a path is a union id, the second the event.

use super::{event, people, write};
use crate::http::endpoint::Cost::Counted;
use crate::http::endpoint::{Endpoint, new};

const EVENTS: &str = "/v1.0/calendar/users/{userId}/calendars/primary/events";
const EVENT: &str = "/v1.0/calendar/users/{userId}/calendars/primary/events/{eventId}";
const ATTENDEES: &str = "/v1.0/calendar/users/{userId}/calendars/primary/events/{eventId}/attendees";
const REMOVE: &str = "/v1.0/calendar/users/{userId}/calendars/primary/events/{eventId}/attendees/batchRemove";
const RESPOND: &str = "/v1.0/calendar/users/{userId}/calendars/primary/events/{eventId}/respond";
const SIGN_IN: &str = "/v1.0/calendar/users/{userId}/calendars/primary/events/{eventId}/signin";
const LINKS: &str = "/v1.0/calendar/users/{userId}/calendars/primary/events/{eventId}/signInLinks";

const READ_EVENTS: &str = "Calendar.Event.Read";
const WRITE_EVENTS: &str = "Calendar.Event.Write";

pub(in crate::http) const CALLS: &[Endpoint] = &[
    new("POST", EVENTS, Counted, "建日程", write::create).needs(WRITE_EVENTS),
    new("GET", EVENTS, Counted, "列日程", event::list).needs(READ_EVENTS),
    new("GET", EVENT, Counted, "读日程", event::get).needs(READ_EVENTS),
    new("PUT", EVENT, Counted, "改日程", write::update).needs(WRITE_EVENTS),
    new("DELETE", EVENT, Counted, "删日程", write::delete).needs(WRITE_EVENTS),
    new("POST", ATTENDEES, Counted, "加日程参与者", people::add).needs(WRITE_EVENTS),
    new("GET", ATTENDEES, Counted, "列日程参与者", people::list).needs(READ_EVENTS),
    new("POST", REMOVE, Counted, "减日程参与者", people::remove).needs(WRITE_EVENTS),
    new("POST", RESPOND, Counted, "答复日程", people::respond).needs(WRITE_EVENTS),
    new("POST", SIGN_IN, Counted, "日程签到", people::sign_in).needs(WRITE_EVENTS),
    new("GET", SIGN_IN, Counted, "读日程签到", people::signed).needs(READ_EVENTS),
    new("GET", LINKS, Counted, "取日程签到链接", people::link).needs(WRITE_EVENTS),
];
