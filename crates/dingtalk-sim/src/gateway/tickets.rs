//! A ticket opens one connection, within 90 seconds.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use dingtalk::stream::Subscription;

use crate::world::Ids;

const LIFE: TimeDelta = TimeDelta::seconds(90);

/// What a connection is for, as it was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) ua: String,
    pub(crate) subscriptions: Vec<Subscription>,
}

#[derive(Debug, Default)]
pub(super) struct Tickets(BTreeMap<String, (Asked, DateTime<Utc>)>);

impl Tickets {
    /// Letters and digits: some clients put it into the address as it is.
    pub(super) fn issue(&mut self, asked: Asked, ids: &mut Ids, now: DateTime<Utc>) -> String {
        self.0.retain(|_, (_, until)| *until > now);
        let ticket = ids.word(32);
        self.0.insert(ticket.clone(), (asked, now + LIFE));
        ticket
    }

    pub(super) fn redeem(&mut self, ticket: &str, now: DateTime<Utc>) -> Option<Asked> {
        self.0.remove(ticket).filter(|(_, until)| *until > now).map(|(asked, _)| asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_opens_once_and_for_ninety_seconds() {
        let (mut ids, mut tickets, now) = (Ids::new(1), Tickets::default(), DateTime::UNIX_EPOCH);
        let asked = || Asked { ua: String::new(), subscriptions: vec![Subscription::events()] };
        let one = tickets.issue(asked(), &mut ids, now);
        assert!(tickets.redeem(&one, now + TimeDelta::seconds(89)).is_some());
        assert!(tickets.redeem(&one, now).is_none());
        let late = tickets.issue(asked(), &mut ids, now);
        assert!(tickets.redeem(&late, now + LIFE).is_none());
        assert!(tickets.redeem("another", now).is_none());
    }
}
