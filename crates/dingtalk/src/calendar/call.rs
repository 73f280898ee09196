//! The calls.

use chrono::{DateTime, FixedOffset, TimeDelta};
use reqwest::Method;
use serde::{Deserialize, Serialize, de::IgnoredAny};
use serde_json::Value;

use super::{
    attendee::{AddAttendees, Attendee, AttendeesPage, Invited, RemoveAttendees, Respond, Response, Who},
    event::CalendarEvent,
    new::{ChangeRequest, EventChange, NewEvent, people},
    sign_in::{SignInAnswer, SignInLink, SignInPage, SignInState, SignedInUser},
};
use crate::{
    Client,
    error::Error,
    ids::{CalendarEventId, UnionId},
    lenient,
    path::segment,
};

/// Calendar calls, by [`Client::calendar`](crate::Client::calendar).
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a>(pub(crate) &'a Client);

/// The app's own mark of one request: sent again within a day it is carried out once. Letters, digits, `-` and `_`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientToken(String);

impl ClientToken {
    /// `None` when it cannot stand in a header.
    pub fn new(text: &str) -> Option<Self> {
        let fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (!text.is_empty() && text.len() <= 128 && text.bytes().all(fine)).then(|| Self(text.to_owned()))
    }
}

/// `GET …/events`, answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventsPage {
    /// Where it goes on; absent or null at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// Events of this page.
    #[serde(default, deserialize_with = "lenient::list")]
    pub events: Vec<CalendarEvent>,
}

/// The widest window of one list.
const WINDOW: TimeDelta = TimeDelta::days(365);
const PAGE: usize = 100;
const PEOPLE_PAGE: usize = 500;

impl Calendar<'_> {
    /// Makes an event; with the same `once` it is made once a day. At most 100 a day for each organiser, then `flowLimit`. Permission
    /// `Calendar.Event.Write`; counted.
    pub async fn create(
        &self,
        organizer: &UnionId,
        once: &ClientToken,
        new: &NewEvent,
    ) -> Result<CalendarEvent, Error> {
        new.check()?;
        self.0.api_once(Method::POST, &events(organizer), &once.0, Some(new)).await
    }

    /// Reads an event from the calendar of one of its people, with at most 500 of them. Permission `Calendar.Event.Read`; counted.
    pub async fn get(&self, person: &UnionId, id: &CalendarEventId) -> Result<CalendarEvent, Error> {
        let query = [("maxAttendees", PEOPLE_PAGE.to_string())];
        self.0.api(Method::GET, &event(person, id), &query, None::<&Value>).await
    }

    /// All events of a person that begin within at most a year. Permission `Calendar.Event.Read`; counted once a page of 100.
    pub async fn list(
        &self,
        person: &UnionId,
        from: DateTime<FixedOffset>,
        until: DateTime<FixedOffset>,
    ) -> Result<Vec<CalendarEvent>, Error> {
        if until < from || until - from > WINDOW {
            return Err(Error::NotSent("events are listed over at most a year"));
        }
        let window = [
            ("timeMin", from.to_rfc3339()),
            ("timeMax", until.to_rfc3339()),
            ("maxResults", PAGE.to_string()),
        ];
        let page = |page: EventsPage| (page.events, page.next_token);
        self.pages(&events(person), &window, page).await
    }

    /// Changes an event; with the same `once` it is changed once a day. Permission `Calendar.Event.Write`; counted.
    pub async fn update(
        &self,
        organizer: &UnionId,
        id: &CalendarEventId,
        once: &ClientToken,
        change: &EventChange,
    ) -> Result<CalendarEvent, Error> {
        change.check()?;
        let request = ChangeRequest { id, change };
        self.0.api_once(Method::PUT, &event(organizer, id), &once.0, Some(&request)).await
    }

    /// Deletes an event. Permission `Calendar.Event.Write`; counted.
    pub async fn delete(&self, organizer: &UnionId, id: &CalendarEventId) -> Result<(), Error> {
        self.done(Method::DELETE, &event(organizer, id), None::<&Value>).await
    }

    /// Invites at most 500 more people; an event has at most 5000. Permission `Calendar.Event.Write`; counted.
    pub async fn add_attendees(
        &self,
        organizer: &UnionId,
        id: &CalendarEventId,
        who: Vec<Invited>,
    ) -> Result<(), Error> {
        people(who.len())?;
        let request =
            AddAttendees { attendees_to_add: who, push_notification: None, chat_notification: None };
        let path = format!("{}/attendees", event(organizer, id));
        self.done(Method::POST, &path, Some(&request)).await
    }

    /// Takes back at most 500 invitations. Permission `Calendar.Event.Write`; counted.
    pub async fn remove_attendees(
        &self,
        organizer: &UnionId,
        id: &CalendarEventId,
        who: &[UnionId],
    ) -> Result<(), Error> {
        people(who.len())?;
        let attendees_to_remove = who.iter().map(|id| Who { id: id.clone() }).collect();
        let path = format!("{}/attendees/batchRemove", event(organizer, id));
        self.done(Method::POST, &path, Some(&RemoveAttendees { attendees_to_remove })).await
    }

    /// Answers an invitation in somebody's name. Permission `Calendar.Event.Write`; counted.
    pub async fn respond(
        &self,
        person: &UnionId,
        id: &CalendarEventId,
        response: Response,
    ) -> Result<(), Error> {
        let path = format!("{}/respond", event(person, id));
        self.done(Method::POST, &path, Some(&Respond { response_status: response })).await
    }

    /// Everybody who is invited. Permission `Calendar.Event.Read`; counted once a page of 500.
    pub async fn attendees(&self, person: &UnionId, id: &CalendarEventId) -> Result<Vec<Attendee>, Error> {
        let size = [("maxResults", PEOPLE_PAGE.to_string())];
        let page = |page: AttendeesPage| (page.attendees, page.next_token);
        self.pages(&format!("{}/attendees", event(person, id)), &size, page).await
    }

    /// Signs somebody in; refused with `notInEvent` when they are not invited. Milliseconds. Permission `Calendar.Event.Write`; counted.
    pub async fn sign_in(&self, person: &UnionId, id: &CalendarEventId) -> Result<i64, Error> {
        let path = format!("{}/signin", event(person, id));
        let answer: SignInAnswer = self.0.api(Method::POST, &path, &[], None::<&Value>).await?;
        Ok(answer.check_in_time)
    }

    /// Who has signed in, or who has not. Permission `Calendar.Event.Read`; counted once a page of 500.
    pub async fn signed_in(
        &self,
        organizer: &UnionId,
        id: &CalendarEventId,
        state: SignInState,
    ) -> Result<Vec<SignedInUser>, Error> {
        let query = [("type", state.word().to_owned()), ("maxResults", PEOPLE_PAGE.to_string())];
        let page = |page: SignInPage| (page.users, page.next_token);
        self.pages(&format!("{}/signin", event(organizer, id)), &query, page).await
    }

    /// What a QR code for signing in holds; refused with `permissionDenied` unless the organiser asks. Permission
    /// `Calendar.Event.Write`; counted.
    pub async fn sign_in_link(&self, organizer: &UnionId, id: &CalendarEventId) -> Result<String, Error> {
        let path = format!("{}/signInLinks", event(organizer, id));
        let answer: SignInLink = self.0.api(Method::GET, &path, &[], None::<&Value>).await?;
        Ok(answer.sign_in_link)
    }

    async fn pages<P: serde::de::DeserializeOwned, T>(
        &self,
        path: &str,
        query: &[(&str, String)],
        apart: fn(P) -> (Vec<T>, Option<String>),
    ) -> Result<Vec<T>, Error> {
        let (mut all, mut token) = (Vec::new(), None::<String>);
        loop {
            let mut query = query.to_vec();
            query.extend(token.iter().map(|token| ("nextToken", token.clone())));
            let (items, next) = apart(self.0.api(Method::GET, path, &query, None::<&Value>).await?);
            all.extend(items);
            match next.filter(|next| !next.is_empty()) {
                // A cursor that does not move would never end.
                Some(next) if token.as_ref() != Some(&next) => token = Some(next),
                _ => return Ok(all),
            }
        }
    }

    /// A call that answers nothing.
    async fn done(
        &self,
        method: Method,
        path: &str,
        body: Option<&(impl Serialize + Sync)>,
    ) -> Result<(), Error> {
        self.0.api::<IgnoredAny>(method, path, &[], body).await.map(|_| ())
    }
}

fn events(person: &UnionId) -> String {
    format!("/v1.0/calendar/users/{}/calendars/primary/events", segment(person.as_str()))
}

fn event(person: &UnionId, id: &CalendarEventId) -> String {
    format!("{}/{}", events(person), segment(id.as_str()))
}

#[cfg(test)]
mod tests {
    use super::ClientToken;

    #[test]
    fn a_mark_fits_into_a_header() {
        assert!(ClientToken::new("meeting-7_a").is_some());
        for bad in ["", "a b", "a\r\nx: y", "会", &"x".repeat(129)] {
            assert!(ClientToken::new(bad).is_none(), "{bad:?}");
        }
    }
}
