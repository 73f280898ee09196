//! What the pages about people share: who is reached, and errors in words.

use domain::{
    account,
    authority::{Grants, Place, Role, Scope, Worker},
    ids::{AccountId, PersonId},
    person::{Person, PersonError, change::ChangeError, fact::FactError, merge::MergeError, store},
};
use notify::words::person as say;

use crate::{app::App, page::PageError, session::SignedIn};

/// The page of a person.
pub(super) fn at(person: PersonId) -> String {
    format!("/console/people/{person}")
}

/// Where the reader works, for lists.
pub(super) async fn scopes(by: &SignedIn) -> Result<(Grants, Vec<Scope>), PageError> {
    let grants = by.grants().await?;
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    if scopes.is_empty() { Err(PageError::NotFound) } else { Ok((grants, scopes)) }
}

/// A person whom the reader may see, by the managing unit, with the proof. A merged record leads to the one that was kept.
pub(super) struct Reached {
    pub(super) person: Person,
    pub(super) place: Place,
    pub(super) grants: Grants,
    pub(super) worker: Worker,
}

pub(super) async fn reached(app: &App, by: &SignedIn, id: &str) -> Result<Reached, PageError> {
    let id: PersonId = id.parse().or(Err(PageError::NotFound))?;
    let found = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let id = found.merged_into.unwrap_or(id);
    let place = store::place_of(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let grants = by.grants().await?;
    let worker = Worker::among(&grants, place.clone()).ok_or(PageError::NotFound)?;
    let person = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    Ok(Reached { person, place, grants, worker })
}

/// Who a login is, for "who asked".
pub(super) async fn name(app: &App, account: &AccountId) -> Result<String, PageError> {
    let found = account::store::find(&app.db, account).await?;
    Ok(found.map_or_else(|| account.to_string(), |account| account.name))
}

pub(super) fn person_error(error: PersonError) -> PageError {
    match error {
        PersonError::NotFound => PageError::NotFound,
        PersonError::Stale => PageError::Stale,
        PersonError::Refused(refusal) => PageError::Refused(say::person(refusal)),
        PersonError::Db(error) => error.into(),
        PersonError::CannotSeal(error) => PageError::Broken(error.into()),
    }
}

pub(super) fn fact_error(error: FactError) -> PageError {
    match error {
        FactError::NotFound => PageError::NotFound,
        FactError::Refused(refusal) => PageError::Refused(say::fact(refusal)),
        FactError::Db(error) => error.into(),
    }
}

pub(super) fn change_error(error: ChangeError) -> PageError {
    match error {
        ChangeError::NotFound => PageError::NotFound,
        ChangeError::Refused(refusal) => PageError::Refused(say::change(refusal).to_owned()),
        ChangeError::Db(error) => error.into(),
        other => PageError::Broken(other.into()),
    }
}

pub(super) fn merge_error(error: MergeError) -> PageError {
    match error {
        MergeError::NotFound => PageError::NotFound,
        MergeError::Refused(refusal) => PageError::Refused(say::merge(refusal).to_owned()),
        MergeError::Db(error) => error.into(),
    }
}
