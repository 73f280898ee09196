//! All of it in one place.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::calendar::Calendars;
use super::card::Card;
use super::check_in::CheckIn;
use super::todo::Todo;
use crate::config::{CardTemplate, Template};
use crate::world::{Person, Refusal, Tenancy};

/// The approvals' space, the same in every tenant.
pub(crate) const APPROVAL_SPACE: i64 = 3_996_960_664;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Office {
    /// Approval forms that the app made.
    #[serde(default)]
    pub(crate) templates: BTreeMap<String, Template>,
    /// What cards look like, from the world file.
    #[serde(default)]
    pub(crate) card_templates: Vec<CardTemplate>,
    #[serde(default)]
    pub(super) cards: BTreeMap<String, Card>,
    /// Addresses for presses, with the secret with which they are signed.
    #[serde(default)]
    pub(crate) card_routes: BTreeMap<String, (String, Option<String>)>,
    #[serde(default)]
    pub(super) todos: Vec<Todo>,
    #[serde(default)]
    pub(super) calendars: Calendars,
    #[serde(default)]
    pub(super) check_ins: Vec<CheckIn>,
}

impl Tenancy {
    /// Somebody by the id under which to-dos and calendars know them.
    pub(crate) fn by_union(&self, unionid: &str) -> Option<&Person> {
        self.directory.people().find(|person| person.unionid == unionid)
    }

    /// Who is in a group in which cards can hang: the robot must be there.
    pub(super) fn group_members(&self, conversation: &str) -> Option<&[String]> {
        let group = self.groups.group(conversation).filter(|group| group.robot && !group.disbanded);
        group.map(|group| group.members.as_slice())
    }

    pub(super) fn must_be_union(&self, unionid: &str, code: &'static str) -> Result<(), Refusal> {
        match self.by_union(unionid) {
            Some(_) => Ok(()),
            None => Err(Refusal::coded(code, format!("there is no unionId {unionid}"))),
        }
    }
}
