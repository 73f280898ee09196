//! Who reads about visits: those who work, approve or pay somewhere, each of the own places.

use std::collections::{BTreeSet, HashMap};

use domain::{
    account,
    authority::{Approver, Grants, Payer, Place, Role, Scope, Worker},
    ids::{AccountId, OutreachPlanId, PersonId, RegionCode, UnitId},
    outreach::{Entry, Plan, store},
    person::{self, Person, leader},
};

use crate::{
    app::App,
    page::{Frame, PageError},
    session::SignedIn,
};

const READERS: [Role; 3] = [Role::Worker, Role::Approver, Role::Payer];

/// What stands where the name of somebody would who is not of the reader's places any more.
pub(super) const ELSEWHERE: &str = "已转到别处的同志";

/// A reader.
pub(super) struct Reader {
    pub(super) grants: Grants,
}

impl Reader {
    /// Anybody who reads about visits at all.
    pub(super) async fn of(by: &SignedIn) -> Result<Self, PageError> {
        let grants = by.grants().await?;
        if READERS.iter().any(|role| grants.has(*role)) {
            Ok(Self { grants })
        } else {
            Err(PageError::NotFound)
        }
    }

    /// Somebody who works, with the widest region.
    pub(super) async fn working(by: &SignedIn) -> Result<(Self, RegionCode, Worker), PageError> {
        let reader = Self::of(by).await?;
        let widest = reader.grants.regions(Role::Worker);
        let region = widest.min_by_key(|code| (code.as_str().len(), code.as_str())).cloned();
        let region = region.ok_or(PageError::NotFound)?;
        let worker = Worker::among(&reader.grants, region.clone()).ok_or(PageError::NotFound)?;
        Ok((reader, region, worker))
    }

    /// A plan of the reader's places.
    pub(super) async fn plan(app: &App, by: &SignedIn, id: &str) -> Result<(Self, Plan), PageError> {
        let reader = Self::of(by).await?;
        let id: OutreachPlanId = id.parse().or(Err(PageError::NotFound))?;
        let plan = store::plan::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
        let place = plan.place();
        if reader.scopes().iter().any(|scope| scope.covers(&place)) {
            Ok((reader, plan))
        } else {
            Err(PageError::NotFound)
        }
    }

    /// The same for somebody who works there.
    pub(super) async fn planning(
        app: &App,
        by: &SignedIn,
        id: &str,
    ) -> Result<(Self, Plan, Worker), PageError> {
        let (reader, plan) = Self::plan(app, by, id).await?;
        let worker = reader.worker(plan.place())?;
        Ok((reader, plan, worker))
    }

    pub(super) fn worker(&self, place: impl Into<Place>) -> Result<Worker, PageError> {
        Worker::among(&self.grants, place).ok_or(PageError::NotFound)
    }

    pub(super) fn approver(&self, plan: &Plan) -> Option<Approver> {
        Approver::among(&self.grants, plan.place())
    }

    pub(super) fn payer(&self, place: impl Into<Place>) -> Option<Payer> {
        Payer::among(&self.grants, place)
    }

    /// Where the reader works.
    pub(super) fn worked(&self) -> Vec<Scope> {
        self.grants.scopes(Role::Worker).cloned().collect()
    }

    /// Where the reader reads.
    pub(super) fn scopes(&self) -> Vec<Scope> {
        READERS.iter().flat_map(|role| self.grants.scopes(*role).cloned()).collect()
    }

    /// The people of a list whom the reader may know of, where they are now.
    pub(super) async fn people(
        &self,
        app: &App,
        entries: &[Entry],
    ) -> Result<HashMap<PersonId, Person>, PageError> {
        let ids: Vec<PersonId> = entries.iter().map(|entry| entry.person_id).collect();
        let (scopes, mut units, mut known) = (self.scopes(), HashMap::new(), HashMap::new());
        for person in person::store::find_all(&app.db, &ids).await? {
            if let std::collections::hash_map::Entry::Vacant(unit) = units.entry(person.unit_id) {
                unit.insert(person::store::find_unit(&app.db, person.unit_id).await?);
            }
            let place = units.get(&person.unit_id).and_then(Option::as_ref).map(person::Unit::place);
            let mine = place.is_some_and(|place| scopes.iter().any(|scope| scope.covers(&place)));
            if mine && !leader::is_guarded(&person) {
                known.insert(person.id, person);
            }
        }
        Ok(known)
    }

    /// Somebody on a plan, of the reader's places now, with the proof.
    pub(super) async fn entry(
        app: &App,
        by: &SignedIn,
        id: &str,
    ) -> Result<(Self, Entry, Plan, Person, Worker), PageError> {
        let reader = Self::of(by).await?;
        let id = id.parse().or(Err(PageError::NotFound))?;
        let entry = store::entry::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
        let person = person::store::find(&app.db, entry.person_id).await?.ok_or(PageError::NotFound)?;
        if leader::is_guarded(&person) {
            return Err(PageError::NotFound);
        }
        let place = person::store::place_of(&app.db, person.id).await?.ok_or(PageError::NotFound)?;
        let worker = reader.worker(place)?;
        let plan = store::plan::find(&app.db, entry.plan_id).await?.ok_or(PageError::NotFound)?;
        Ok((reader, entry, plan, person, worker))
    }
}

/// The frame of a page about visits.
pub(super) fn frame(by: &SignedIn, title: impl Into<String>) -> Frame {
    by.frame().console_at("/console/outreach").titled(title)
}

/// Who a login is.
pub(super) async fn name(app: &App, id: &AccountId) -> Result<String, PageError> {
    let found = account::store::find(&app.db, id).await?;
    Ok(found.map_or_else(|| id.to_string(), |account| account.name))
}

/// The names of some logins, each looked up once.
pub(super) async fn names(
    app: &App,
    ids: impl IntoIterator<Item = &AccountId>,
) -> Result<HashMap<AccountId, String>, PageError> {
    let mut names = HashMap::new();
    for id in ids.into_iter().collect::<BTreeSet<_>>() {
        names.insert(id.clone(), name(app, id).await?);
    }
    Ok(names)
}

/// The names of some units.
pub(super) async fn units(
    app: &App,
    ids: impl IntoIterator<Item = UnitId>,
) -> Result<HashMap<UnitId, String>, PageError> {
    let mut names = HashMap::new();
    for id in ids.into_iter().collect::<BTreeSet<_>>() {
        let unit = person::store::find_unit(&app.db, id).await?;
        names.insert(id, unit.map(|unit| unit.name).unwrap_or_default());
    }
    Ok(names)
}
