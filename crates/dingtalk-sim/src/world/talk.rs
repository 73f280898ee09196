//! Talking: what a person types, what the robot sends, what a work notice brings.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::world::{Chat, Line, Message, Notice, Received, Refusal, Speaker, Tenancy};

/// How long the address in a robot message may be answered.
const SESSION_LIFE: TimeDelta = TimeDelta::minutes(90);

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    userid: String,
    pub(crate) expires_at: DateTime<Utc>,
}

/// Whom a robot message reached and whom it could not reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) key: String,
    pub(crate) unknown: Vec<String>,
}

impl Tenancy {
    /// A person types to the robot.
    pub(crate) fn say(&mut self, userid: &str, text: &str, now: DateTime<Utc>) -> Result<Received, Refusal> {
        self.directory.person(userid)?;
        self.write(userid, Speaker::Person, Message::Text { text: text.to_owned() }, now);
        self.sessions.retain(|_, session| session.expires_at > now);
        let session = self.ids.word(32);
        let expires_at = now + SESSION_LIFE;
        self.sessions.insert(session.clone(), Session { userid: userid.to_owned(), expires_at });
        Ok(Received {
            message_id: self.ids.tagged("msg"),
            session,
            expires_at,
            at: now,
            within_quota: self.quota.delivery(now),
        })
    }

    /// The robot speaks to several people at once; those it does not know are named, not an error.
    pub(crate) fn robot_sends(&mut self, to: &[String], message: &Message, now: DateTime<Utc>) -> Sent {
        let mut unknown = Vec::new();
        for userid in to {
            if self.directory.has(userid) {
                self.write(userid, Speaker::Robot, message.clone(), now);
            } else {
                unknown.push(userid.clone());
            }
        }
        Sent { key: self.ids.word(24), unknown }
    }

    /// The robot answers on the address it was given with the person's message.
    pub(crate) fn robot_answers(
        &mut self,
        session: &str,
        message: Message,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let session = self.sessions.get(session).filter(|session| session.expires_at > now);
        let userid = session.ok_or(Refusal::SessionExpired)?.userid.clone();
        self.write(&userid, Speaker::Robot, message, now);
        Ok(())
    }

    /// A work notice is always accepted; what became of it is only told when asked.
    pub(crate) fn notify(&mut self, to: Vec<String>, message: Message, now: DateTime<Utc>) -> i64 {
        let mut notice = Notice {
            task_id: self.ids.number(),
            at: now,
            message,
            delivered: Vec::new(),
            unknown: Vec::new(),
            repeated: Vec::new(),
        };
        for userid in to {
            if !self.directory.has(&userid) {
                notice.unknown.push(userid);
            } else if self.notices.iter().any(|earlier| earlier.shadows(&userid, &notice.message, now)) {
                notice.repeated.push(userid);
            } else {
                self.write(&userid, Speaker::WorkNotice, notice.message.clone(), now);
                notice.delivered.push(userid);
            }
        }
        let task_id = notice.task_id;
        self.notices.push(notice);
        task_id
    }

    pub(crate) fn chat(&self, userid: &str) -> &Chat {
        static NOTHING_SAID: Chat = Chat { lines: Vec::new() };
        self.chats.get(userid).unwrap_or(&NOTHING_SAID)
    }

    /// Everything that reached anybody from the app, in order.
    pub(crate) fn received_by_people(&self) -> Vec<(String, Line)> {
        let mut lines: Vec<_> = self
            .chats
            .iter()
            .flat_map(|(userid, chat)| chat.lines.iter().map(move |line| (userid.clone(), line.clone())))
            .filter(|(_, line)| line.by != Speaker::Person)
            .collect();
        lines.sort_by_key(|(_, line)| line.number);
        lines
    }

    pub(crate) fn write(&mut self, userid: &str, by: Speaker, message: Message, at: DateTime<Utc>) {
        self.lines += 1;
        let line = Line { number: self.lines, at, by, message };
        self.chats.entry(userid.to_owned()).or_default().lines.push(line);
    }
}
