//! A person's days: to-dos, calendar, check-ins.

use std::sync::Arc;

use crate::shared::Shared;
use crate::world::{CalendarDay, CheckIn, Refusal, Todo, TodoFilter};

/// Somebody, by userid.
pub struct Days {
    shared: Arc<Shared>,
    userid: String,
}

impl Days {
    pub(crate) fn new(shared: &Arc<Shared>, userid: &str) -> Self {
        Self { shared: Arc::clone(shared), userid: userid.to_owned() }
    }

    /// The id under which to-dos and calendars know them.
    pub fn unionid(&self) -> Result<String, Refusal> {
        self.shared
            .read(|state| state.tenancy.directory.person(&self.userid).map(|person| person.unionid.clone()))
    }

    /// What they have to do, in the order in which it was made; done or not.
    pub fn todos(&self) -> Vec<Todo> {
        let executor = TodoFilter { roles: vec![vec!["executor".to_owned()]], ..TodoFilter::default() };
        let now = self.shared.clock.now();
        let Ok(unionid) = self.unionid() else { return Vec::new() };
        self.shared.read(|state| state.tenancy.todos_of(&unionid, &executor, now).cloned().collect())
    }

    /// What is in their calendar, without what was deleted.
    pub fn events(&self) -> Vec<CalendarDay> {
        let Ok(unionid) = self.unionid() else { return Vec::new() };
        self.shared
            .read(|state| state.tenancy.events_of(&unionid).filter(|event| !event.deleted).cloned().collect())
    }

    /// Signs in at an event, by its QR code.
    pub fn signs_in(&self, event: &str) -> Result<(), Refusal> {
        let unionid = self.unionid()?;
        self.shared.change(|state, now| state.tenancy.sign_in(&unionid, event, now).map(drop))
    }

    /// Checks in with the client's own app, at degrees east and north.
    pub fn checks_in(&self, place: &str, (longitude, latitude): (f64, f64)) -> Result<(), Refusal> {
        self.shared.change(|state, now| {
            let check_in = CheckIn {
                userid: self.userid.clone(),
                at: now,
                place: place.to_owned(),
                detail_place: place.to_owned(),
                remark: String::new(),
                longitude,
                latitude,
            };
            state.tenancy.check_in(check_in, now)
        })
    }
}
