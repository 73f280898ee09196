//! What the pages about people share: who is reached, and errors in words.

use std::collections::HashMap;

use chrono::Datelike;
use domain::{
    account,
    authority::{Grants, Place, Role, Scope, Worker},
    ids::{AccountId, PersonId, UnitId},
    person::{
        BirthSource, Person, PersonError,
        birth::PersonBirth,
        change::ChangeError,
        fact::FactError,
        leader::{self, Discretion},
        merge::MergeError,
        store,
    },
};
use notify::words::person as say;

use super::leaders::purpose_at;
use crate::{
    app::App,
    page::{Answer, PageError},
    session::SignedIn,
};

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
pub(crate) struct Reached {
    pub(crate) person: Person,
    pub(super) place: Place,
    pub(super) grants: Grants,
    pub(crate) worker: Worker,
}

/// A provincial leader's page is shown only after the reader has said for what; each look is written down.
pub(crate) async fn reached(app: &App, by: &SignedIn, id: &str) -> Result<Reached, PageError> {
    let id: PersonId = id.parse().or(Err(PageError::NotFound))?;
    let found = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let id = found.merged_into.unwrap_or(id);
    let place = store::place_of(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let grants = by.grants().await?;
    let worker = Worker::among(&grants, place.clone()).ok_or(PageError::NotFound)?;
    let person = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    if leader::is_guarded(&person)
        && !leader::commands::seen(&app.db, &app.cx, &worker, id, app.clock.now()).await?
    {
        return Err(PageError::First(purpose_at(app, id).await?));
    }
    Ok(Reached { person, place, grants, worker })
}

/// Rows whose words may be about a provincial leader, for a reader who is on no list.
pub(super) fn discreet(rows: Vec<Answer>, discretion: &Discretion) -> Vec<Answer> {
    rows.into_iter().map(|row| Answer { said: discretion.says(&row.said), ..row }).collect()
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

/// 女，1944年生, for lists.
pub(super) fn born(person: &Person) -> String {
    let died = if person.died_on.is_some() { "，已去世" } else { "" };
    format!("{}，{}年生{died}", person.gender.label(), person.born_on.year())
}

/// What one source says of a birth, and what it counts for.
pub(super) fn birth_words(birth: &PersonBirth) -> Answer {
    let source = match birth.source {
        BirthSource::File => "档案",
        BirthSource::Identity => "身份证",
        BirthSource::Family => "家人",
    };
    let used = match (birth.personnel, birth.greeting) {
        (true, true) => "，人事和祝寿按它",
        (true, false) => "，人事按它",
        (false, true) => "，祝寿按它",
        (false, false) => "",
    };
    Answer::new("出生日期", format!("{}（{source}{used}）", birth.say()))
}

/// The names of units, each read once for a page.
#[derive(Default)]
pub(super) struct Units(HashMap<UnitId, String>);

impl Units {
    pub(super) async fn name(&mut self, app: &App, id: UnitId) -> Result<String, PageError> {
        if let Some(name) = self.0.get(&id) {
            return Ok(name.clone());
        }
        let name = store::find_unit(&app.db, id).await?.map(|unit| unit.name).unwrap_or_default();
        self.0.insert(id, name.clone());
        Ok(name)
    }
}
