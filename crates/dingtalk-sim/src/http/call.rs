//! A call as an endpoint sees it: its fields, the state it may change, and the time.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::config::World;
use crate::forms::Strict;
use crate::http::multipart::File;
use crate::shared::State;
use crate::world::Refusal;

pub(super) struct Call<'a> {
    pub(super) world: &'a World,
    pub(super) state: &'a mut State,
    pub(super) now: DateTime<Utc>,
    pub(super) query: Strict,
    pub(super) body: Strict,
    /// The file of a body in parts.
    pub(super) file: Option<File>,
    /// What stood as `access_token` in the query: for calls that do not need the app's.
    pub(super) token: Option<String>,
    /// Origin of the platform.
    pub(super) platform: &'a str,
}

impl Call<'_> {
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
