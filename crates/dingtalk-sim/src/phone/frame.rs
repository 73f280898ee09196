//! The state of the phones: who holds each, their cookies, and what the hardware is about to report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::config::World;
use crate::phone::jar::Jar;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Frames(Vec<Frame>);

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Frame {
    pub(crate) user: String,
    /// One jar a person: switching back finds the session as it was.
    jars: BTreeMap<String, Jar>,
    pub(crate) title: Option<String>,
    /// The number this phone is calling.
    pub(crate) calling: Option<String>,
    /// What the next scan sees.
    pub(crate) scan: Option<String>,
    /// What the next dictation hears.
    pub(crate) speech: Option<String>,
}

impl Frames {
    pub(crate) fn new(world: &World) -> Self {
        Self(world.phones.iter().map(|phone| Frame::of(&phone.user)).collect())
    }

    /// After a restart with kept state, the world file may have gained phones.
    pub(crate) fn refresh(&mut self, world: &World) {
        self.0.truncate(world.phones.len());
        self.0.extend(world.phones.iter().skip(self.0.len()).map(|phone| Frame::of(&phone.user)));
    }

    pub(crate) fn get(&self, number: usize) -> Option<&Frame> {
        self.0.get(number)
    }

    pub(crate) fn get_mut(&mut self, number: usize) -> Option<&mut Frame> {
        self.0.get_mut(number)
    }
}

impl Frame {
    fn of(user: &str) -> Self {
        Self {
            user: user.to_owned(),
            jars: BTreeMap::new(),
            title: None,
            calling: None,
            scan: None,
            speech: None,
        }
    }

    /// Hands the phone to somebody else.
    pub(crate) fn hold(&mut self, user: &str) {
        if self.user != user {
            user.clone_into(&mut self.user);
            self.title = None;
            self.calling = None;
        }
    }

    pub(crate) fn jar(&self) -> Jar {
        self.jars.get(&self.user).cloned().unwrap_or_default()
    }

    /// The cookies of `user`, who may no longer hold the phone when an answer arrives.
    pub(crate) fn jar_of(&mut self, user: &str) -> &mut Jar {
        self.jars.entry(user.to_owned()).or_default()
    }

    pub(crate) fn empty_jar(&mut self) {
        self.jars.remove(&self.user);
    }
}
