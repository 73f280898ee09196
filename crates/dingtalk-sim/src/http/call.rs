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
    /// Origin of the platform.
    pub(super) platform: &'a str,
    pub(super) state: &'a mut State,
    pub(super) now: DateTime<Utc>,
    /// What stands in the path where the table has braces, decoded; taken by `part`.
    pub(super) parts: std::vec::IntoIter<String>,
    /// The token as it came; the gate has checked it where the table asks for the app's.
    pub(super) token: Option<String>,
    /// The mark that makes a request the same as an earlier one.
    pub(super) client_token: Option<String>,
    pub(super) query: Strict,
    pub(super) body: Strict,
    /// The file of a body in parts.
    pub(super) file: Option<File>,
}

impl Call<'_> {
    /// What stands where the path's next brace is.
    pub(super) fn part(&mut self) -> Result<String, Refusal> {
        self.parts.next().ok_or(Refusal::System)
    }

    /// 50002 when the app may not see a person.
    pub(super) fn sees_person(&self, userid: &str) -> Result<(), Refusal> {
        let directory = &self.state.tenancy.directory;
        directory.check_person(self.world.app.contact_scope.as_ref(), directory.person(userid)?)
    }

    /// 50004 when the app may not see a department.
    pub(super) fn sees_department(&self, id: i64) -> Result<(), Refusal> {
        let directory = &self.state.tenancy.directory;
        directory.department(id)?;
        directory.check_department(self.world.app.contact_scope.as_ref(), id)
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
