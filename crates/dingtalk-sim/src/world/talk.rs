//! Talking alone with the robot: what a person types or sends, what the robot sends, what is read and taken back.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::world::group_talk::Mentions;
use crate::world::{Chat, GroupSpeaker, Line, Message, Received, Refusal, Speaker, Tenancy};

/// How long the address in a robot message may be answered.
const SESSION_LIFE: TimeDelta = TimeDelta::minutes(90);

/// How long a message of the robot can be asked about and taken back.
const KEY_LIFE: TimeDelta = TimeDelta::hours(24);

/// Where something was said.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) enum Place {
    /// To people, each alone with the robot.
    People(Vec<String>),
    Group(String),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    place: Place,
    pub(crate) expires_at: DateTime<Utc>,
}

/// A message of the robot, by the key it was answered with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Sending {
    pub(crate) key: String,
    pub(crate) at: DateTime<Utc>,
    pub(crate) place: Place,
}

/// Whom a robot message reached and whom it could not reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) key: String,
    pub(crate) unknown: Vec<String>,
}

/// Who has read a message, and whether it still stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ReadState {
    pub(crate) recalled: bool,
    /// Everybody who got it, with whether they have read it.
    pub(crate) people: Vec<(String, bool)>,
}

impl Tenancy {
    /// A person types to the robot, or sends it something.
    pub(crate) fn say(
        &mut self,
        userid: &str,
        message: Message,
        now: DateTime<Utc>,
    ) -> Result<Received, Refusal> {
        self.directory.person(userid)?;
        self.write(userid, Speaker::Person, message, now);
        Ok(self.open_session(Place::People(vec![userid.to_owned()]), now))
    }

    pub(super) fn open_session(&mut self, place: Place, now: DateTime<Utc>) -> Received {
        self.sessions.retain(|_, session| session.expires_at > now);
        let session = self.ids.word(32);
        let expires_at = now + SESSION_LIFE;
        self.sessions.insert(session.clone(), Session { place, expires_at });
        Received {
            message_id: self.ids.tagged("msg"),
            session,
            expires_at,
            at: now,
            within_quota: self.quota.delivery(now),
        }
    }

    /// The robot speaks to several people at once; those it does not know are named, not an error.
    pub(crate) fn robot_sends(
        &mut self,
        to: &[String],
        message: &Message,
        now: DateTime<Utc>,
    ) -> Result<Sent, Refusal> {
        self.media.check(message)?;
        let key = self.ids.word(24);
        let (known, unknown) = to.iter().cloned().partition::<Vec<_>, _>(|userid| self.directory.has(userid));
        for userid in &known {
            self.write_with(userid, Speaker::Robot, message.clone(), key.clone(), now);
        }
        self.sendings.push(Sending { key: key.clone(), at: now, place: Place::People(known) });
        Ok(Sent { key, unknown })
    }

    /// The robot answers on the address it was given with the person's message.
    pub(crate) fn robot_answers(
        &mut self,
        session: &str,
        message: Message,
        mentions: &Mentions,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let session = self.sessions.get(session).filter(|session| session.expires_at > now);
        let place = session.ok_or(Refusal::SessionExpired)?.place.clone();
        self.media.check(&message)?;
        self.robot_says_at(&place, message, mentions, now);
        Ok(())
    }

    /// The robot says something where it was spoken to.
    pub(crate) fn robot_says_at(
        &mut self,
        place: &Place,
        message: Message,
        mentions: &Mentions,
        now: DateTime<Utc>,
    ) {
        match place {
            Place::People(people) => {
                for userid in people {
                    self.write(userid, Speaker::Robot, message.clone(), now);
                }
            }
            Place::Group(id) => {
                let mentioned = self.mentioned(&message, mentions);
                self.write_in_group(id, GroupSpeaker::Robot, message, String::new(), now);
                self.mention(id, mentioned);
            }
        }
    }

    /// Who has read a message of the robot; `group` says where it must have been said.
    pub(crate) fn read_state(
        &self,
        key: &str,
        group: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<ReadState, Refusal> {
        let sending = self.sending(key, group)?;
        if now - sending.at >= KEY_LIFE {
            return Err(Refusal::coded("processQueryKey.expireTime", "longer than 24 hours ago"));
        }
        let mut state = ReadState::default();
        match &sending.place {
            Place::People(people) => {
                for userid in people {
                    let line = self.chat(userid).lines.iter().find(|line| line.key == key);
                    state.recalled |= line.is_some_and(|line| line.recalled);
                    state.people.push((userid.clone(), line.is_some_and(|line| line.read)));
                }
            }
            Place::Group(id) => {
                let group = self.groups.group(id);
                let line = group.and_then(|group| group.lines.iter().find(|line| line.key == key));
                if let (Some(group), Some(line)) = (group, line) {
                    state.recalled = line.recalled;
                    let read = |userid: &String| (userid.clone(), line.read_by.contains(userid));
                    state.people = group.members.iter().map(read).collect();
                }
            }
        }
        Ok(state)
    }

    /// Takes a message of the robot back; the text of a refusal is the reason of one key.
    pub(crate) fn recall(
        &mut self,
        key: &str,
        group: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let sending = self.sending(key, group)?.clone();
        if now - sending.at >= KEY_LIFE {
            return Err(Refusal::coded("robot.processQueryKey.expired", "longer than 24 hours ago"));
        }
        let recalled = match sending.place {
            Place::People(people) => {
                let mut any = false;
                for userid in &people {
                    if self.chats.get_mut(userid).is_some_and(|chat| chat.recall(key)) {
                        self.robot_tells("robot_msg_recall", userid, key, now);
                        any = true;
                    }
                }
                any
            }
            Place::Group(id) => self.groups.group_mut(&id).is_some_and(|group| group.recall(key)),
        };
        if recalled { Ok(()) } else { Err(Refusal::coded("notRevoke.all.messages", "already taken back")) }
    }

    fn sending(&self, key: &str, group: Option<&str>) -> Result<&Sending, Refusal> {
        let right = |sending: &&Sending| match (&sending.place, group) {
            (Place::Group(id), Some(group)) => id == group,
            (Place::People(_), None) => true,
            _ => false,
        };
        self.sendings
            .iter()
            .filter(right)
            .find(|sending| sending.key == key)
            .ok_or_else(|| Refusal::coded("invalid.processQueryKey", "there is no such message here"))
    }

    pub(crate) fn chat(&self, userid: &str) -> &Chat {
        static NOTHING_SAID: Chat = Chat { lines: Vec::new(), edits: 0 };
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
        self.write_with(userid, by, message, String::new(), at);
    }

    pub(super) fn write_with(
        &mut self,
        userid: &str,
        by: Speaker,
        message: Message,
        key: String,
        at: DateTime<Utc>,
    ) {
        self.lines += 1;
        let read = by == Speaker::Person;
        let line = Line { number: self.lines, at, by, message, key, recalled: false, read };
        self.chats.entry(userid.to_owned()).or_default().lines.push(line);
    }
}
