//! A call as an endpoint sees it: its fields, the state it may change, and the time.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::config::World;
use crate::forms::Strict;
use crate::shared::State;
use crate::world::Refusal;

pub(super) struct Call<'a> {
    pub(super) world: &'a World,
    pub(super) state: &'a mut State,
    pub(super) now: DateTime<Utc>,
    /// What the path says where its pattern is open.
    pub(super) path: std::vec::IntoIter<String>,
    /// The mark that makes a request the same as an earlier one.
    pub(super) client_token: Option<String>,
    pub(super) query: Strict,
    pub(super) body: Strict,
}

impl Call<'_> {
    /// The next open part of the path.
    pub(super) fn part(&mut self) -> Result<String, Refusal> {
        self.path.next().ok_or(Refusal::System)
    }

    /// The body as it came, for a form that is read elsewhere.
    pub(super) fn whole_body(&mut self) -> Result<Value, Refusal> {
        Ok(std::mem::replace(&mut self.body, nothing()?).into_value())
    }

    /// Everything has been read; what is left is a mistake. Asked before anything is done.
    pub(super) fn read_whole(&mut self) -> Result<(), Refusal> {
        std::mem::replace(&mut self.query, nothing()?).done()?;
        std::mem::replace(&mut self.body, nothing()?).done()
    }
}

fn nothing() -> Result<Strict, Refusal> {
    Strict::new("", Value::Object(Map::new()))
}
