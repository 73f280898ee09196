//! Writing what changes of somebody who is there, by the register's own ways, with a trail by which it goes back.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue, DatabaseTransaction, DbErr, Set};

use super::{
    Intake,
    apply::{Change, with_joining},
    look::LookError,
};
use crate::{
    Context,
    ids::AccountId,
    person::{
        self, Happened, Person, birth,
        change::{self, ChangeError, PersonChange},
        fact::{self, FactError, FactKind},
        managed, name, store as people,
        trail::{self, Trail},
    },
};

/// What became of somebody.
pub(super) struct Amended {
    /// The record as it is now.
    pub(super) person: Person,
    /// What it takes to take it back.
    pub(super) trail: Trail,
    /// What a second person is asked.
    pub(super) requests: Vec<PersonChange>,
}

/// Who asks for what an import asks for: who said that it shall be done.
pub(super) fn asker(intake: &Intake) -> &AccountId {
    intake.submitted_by.as_ref().unwrap_or(&intake.sent_by)
}

/// Writes a change.
pub(super) async fn amend(
    tx: &DatabaseTransaction,
    cx: &Context,
    intake: &Intake,
    (person, change): (Person, Change),
    now: DateTime<Utc>,
) -> Result<Amended, LookError> {
    let by = asker(intake);
    let (changes_row, renames) = (change.changes_row(), change.columns.name.is_set());
    let Change { mut columns, facts, birthday, requests, .. } = change;
    let says = renames || !facts.is_empty() || birthday.is_some();
    let before = if says { Some(trail::said(tx, person.id).await?) } else { None };
    if changes_row {
        (columns.version, columns.updated_at) = (Set(person.version + 1), Set(now));
    }
    let trail = Trail::of(&person, &columns);
    let after = with_joining(&person, &columns);
    if let ActiveValue::Set(name) = &columns.name {
        name::called(tx, &person, name.trim(), now).await?;
    }
    let unit = columns.unit_id.clone();
    if changes_row && !people::update(tx, &person, columns, now).await? {
        // Somebody changed him this moment: the chunk is done again.
        return Err(LookError::Db(DbErr::RecordNotUpdated));
    }
    if let ActiveValue::Set(unit) = unit {
        managed::by(tx, person.id, unit).await?;
    }
    for new in facts {
        match new.kind {
            FactKind::PartyMember => fact::redate(tx, person.id, new, Some(by), now).await,
            _ => fact::say(tx, &after, new, Some(by), now).await,
        }?;
    }
    if let Some(said) = birthday {
        birth::commands::put(tx, said.row(person.id, (false, true), (Some(by), now)), now).await?;
    }
    let trail = match before {
        Some(before) => trail.and(&before, trail::said(tx, person.id).await?),
        None => trail,
    };
    let person = if changes_row { people::find(tx, person.id).await?.unwrap_or(person) } else { person };
    let mut asked = Vec::with_capacity(requests.len());
    for new in requests {
        let (who, what) = ((by, Some(intake.id)), (&person, new));
        asked.push(change::commands::ask_in(tx, cx, who, what, now).await?);
    }
    let what = Happened::Imported { intake: intake.id };
    people::write_event(tx, person.id, Some(by), what, now).await?;
    Ok(Amended { person, trail, requests: asked })
}

/// What was judged to fit does not: the register says something else since a moment ago, and the chunk is done again.
fn no_longer(error: impl std::fmt::Display) -> LookError {
    LookError::Db(DbErr::Custom(format!("the register no longer takes a row: {error}")))
}

impl From<FactError> for LookError {
    fn from(error: FactError) -> Self {
        match error {
            FactError::Db(error) => Self::Db(error),
            other => no_longer(other),
        }
    }
}

impl From<ChangeError> for LookError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Db(error) => Self::Db(error),
            ChangeError::CannotSeal(error) => Self::CannotSeal(error),
            other => no_longer(other),
        }
    }
}

/// Does what was changed make the record look like another one?
pub(super) fn may_be_double(change: &person::entity::ActiveModel) -> bool {
    change.name.is_set() || change.phone.is_set() || change.identity.is_set() || change.unit_id.is_set()
}
