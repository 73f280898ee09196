//! Asking, agreeing, refusing, taking back.

use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqlErr};
use secrecy::ExposeSecret;
use serde_json::json;

use super::{
    ChangeError, ChangeRefusal, ChangeState, Disagreement, Field, PersonChange, Wanted, apply, identity,
    store,
};
use crate::{
    Act, By, Context,
    authority::{Worker, substitution::same_hand},
    calendar::local_date,
    ids::{AccountId, IntakeId, PersonChangeId, PersonId},
    person::{
        Happened, Person, Retirement,
        commands::reached,
        period::{Period, Told},
        store as people,
    },
};

/// What is asked for.
#[derive(Clone)]
pub struct NewChange {
    /// Which field.
    pub field: Field,
    /// What it is to become.
    pub after: Wanted,
    /// Since when it holds.
    pub effective_on: NaiveDate,
    /// The document: its number, or what it is and where it lies.
    pub evidence: String,
}

/// What the second person sees.
#[derive(Clone, PartialEq, Eq)]
pub struct Diff {
    /// What it was, in words; an account by its last four digits.
    pub before: Option<String>,
    /// What it becomes.
    pub after: String,
    /// What the new value says otherwise than the record, as long as it waits.
    pub disagrees: Vec<Disagreement>,
}

/// Asks. The worker's role reaches the person.
pub async fn ask(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (person, new): (PersonId, NewChange),
    now: DateTime<Utc>,
) -> Result<PersonChange, ChangeError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = reached(&tx, worker, person).await?;
    let change = ask_in(&tx, cx, (worker.account(), None), (&person, new), now).await?;
    record(&tx, cx, By::from(worker), ("person.change_asked", &change), now).await?;
    tx.commit().await?;
    Ok(change)
}

/// The same inside a caller's transaction, for imports; the audit row is the caller's.
pub(crate) async fn ask_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    (asker, intake): (&AccountId, Option<IntakeId>),
    (person, new): (&Person, NewChange),
    now: DateTime<Utc>,
) -> Result<PersonChange, ChangeError> {
    fits(person, &new, local_date(now))?;
    let before = apply::current(tx, cx, person, new.field).await?;
    if before.as_ref() == Some(&new.after) {
        return Err(ChangeRefusal::NoChange.into());
    }
    if let Wanted::Identity(number) = &new.after {
        identity::is_free(tx, cx, person, number).await?;
    }
    let id = PersonChangeId::new(now);
    let row = id.to_string();
    let seal = |column: &str, value: &Wanted| cx.seal.seal(PersonChange::cell(column, &row), &value.text());
    let change = PersonChange {
        id,
        person_id: person.id,
        field: new.field.code(),
        before: before.as_ref().map(|before| seal("before", before)).transpose()?,
        after: seal("after", &new.after)?,
        effective_on: new.effective_on,
        evidence: new.evidence.trim().to_owned(),
        intake_id: intake,
        state: ChangeState::Asked,
        asked_by: asker.clone(),
        asked_at: now,
        decided_by: None,
        decided_at: None,
        reason: None,
    };
    store::insert(tx, change).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => ChangeRefusal::Waiting.into(),
        _ => ChangeError::Db(error),
    })
}

/// The second person agrees, or says why not.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, refused): (PersonChangeId, Option<&str>),
    now: DateTime<Utc>,
) -> Result<(), ChangeError> {
    let tx = mailbox::transaction::write(db).await?;
    let change = store::locked(&tx, id).await?.ok_or(ChangeError::NotFound)?;
    let person = reached(&tx, worker, change.person_id).await?;
    if change.state != ChangeState::Asked {
        return Err(ChangeRefusal::NotNow.into());
    }
    if same_hand(&tx, worker, (&change.asked_by, change.asked_at), now).await? {
        return Err(ChangeRefusal::SamePerson.into());
    }
    let decided = PersonChange {
        state: if refused.is_some() { ChangeState::Refused } else { ChangeState::Agreed },
        decided_by: Some(worker.account().clone()),
        decided_at: Some(now),
        reason: refused.map(|reason| reason.trim().to_owned()),
        ..change.clone()
    };
    if decided.reason.as_ref().is_some_and(String::is_empty) {
        return Err(ChangeRefusal::NoReason.into());
    }
    let mut action = "person.change_refused";
    if refused.is_none() {
        let field = change.what().ok_or(ChangeRefusal::Value)?;
        if !person.is_alive() && !field.outlives() {
            return Err(ChangeRefusal::Died.into());
        }
        let (before, after) = open(cx, &change)?;
        if apply::current(&tx, cx, &person, field).await? != before {
            return Err(ChangeRefusal::Stale.into());
        }
        apply::apply(&tx, cx, (&person, &change), (field, after), (worker.account(), now)).await?;
        let what = Happened::Changed { field: change.field.clone() };
        people::write_event(&tx, person.id, Some(worker.account()), what, now).await?;
        action = "person.change_agreed";
    }
    store::save(&tx, decided.clone()).await?;
    record(&tx, cx, By::from(worker), (action, &decided), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Who asked takes it back.
pub async fn withdraw(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: PersonChangeId,
    now: DateTime<Utc>,
) -> Result<(), ChangeError> {
    let tx = mailbox::transaction::write(db).await?;
    let change = store::locked(&tx, id).await?.ok_or(ChangeError::NotFound)?;
    reached(&tx, worker, change.person_id).await?;
    if change.asked_by != *worker.account() {
        return Err(ChangeRefusal::NotYours.into());
    }
    if change.state != ChangeState::Asked {
        return Err(ChangeRefusal::NotNow.into());
    }
    let change = PersonChange { state: ChangeState::Withdrawn, decided_at: Some(now), ..change };
    store::save(&tx, change.clone()).await?;
    record(&tx, cx, By::from(worker), ("person.change_withdrawn", &change), now).await?;
    tx.commit().await?;
    Ok(())
}

/// What a request would change, for whoever may see the person.
pub async fn diff(
    db: &impl ConnectionTrait,
    cx: &Context,
    worker: &Worker,
    change: &PersonChange,
) -> Result<Diff, ChangeError> {
    let place = people::place_of(db, change.person_id).await?.ok_or(ChangeError::NotFound)?;
    if !worker.covers(place) {
        return Err(ChangeError::NotFound);
    }
    let (before, after) = open(cx, change)?;
    let person = people::find(db, change.person_id).await?.ok_or(ChangeError::NotFound)?;
    // Once it is decided, the record says what it says.
    let waits = change.state == ChangeState::Asked;
    let disagrees = if waits { identity::disagrees(cx, &person, &after)? } else { Vec::new() };
    Ok(Diff { before: before.map(|before| before.say()), after: after.say(), disagrees })
}

/// What a request would make of a field, before anybody is asked who may see it.
pub(crate) fn open(cx: &Context, change: &PersonChange) -> Result<(Option<Wanted>, Wanted), ChangeError> {
    let row = change.id.to_string();
    let field = change.what().ok_or(ChangeRefusal::Value)?;
    let before =
        change.before.as_ref().map(|sealed| cx.seal.open(PersonChange::cell("before", &row), sealed));
    let before = before.transpose()?.and_then(|text| Wanted::of_text(field, text.expose_secret()));
    let after = cx.seal.open(PersonChange::cell("after", &row), &change.after)?;
    let after = Wanted::of_text(field, after.expose_secret()).ok_or(ChangeRefusal::Value)?;
    Ok((before, after))
}

/// The pure part.
pub(crate) fn fits(person: &Person, new: &NewChange, today: NaiveDate) -> Result<(), ChangeRefusal> {
    if !person.is_alive() && !new.field.outlives() {
        return Err(ChangeRefusal::Died);
    }
    if new.evidence.trim().is_empty() {
        return Err(ChangeRefusal::NoEvidence);
    }
    if !new.after.fits(new.field) {
        return Err(ChangeRefusal::Value);
    }
    let ahead = today.checked_add_days(Days::new(366)).is_some_and(|limit| new.effective_on > limit);
    if ahead || new.effective_on < person.born_on {
        return Err(ChangeRefusal::EffectiveDate);
    }
    match (new.field, &new.after) {
        (Field::Birth, Wanted::Date(known)) if known.on > today => Err(ChangeRefusal::Value),
        (Field::JoinedWork, Wanted::Date(known))
            if person.retirement == Retirement::Veteran && known.days().0 > last_veteran_day() =>
        {
            Err(ChangeRefusal::NoVeteran)
        }
        // Between what the date leaves open a human decides, and nothing else.
        (Field::Period, Wanted::Period(period)) if !open_between(person).contains(&Some(*period)) => {
            Err(ChangeRefusal::Value)
        }
        _ => Ok(()),
    }
}

fn last_veteran_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(1949, 9, 30).unwrap_or_default()
}

/// The periods between which a date leaves it open.
fn open_between(person: &Person) -> Vec<Option<Period>> {
    match super::super::period::of_person(person) {
        Some(Told::Straddles(one, other)) => {
            let from = one.map_or(0, |one| one as usize);
            let to = other.map_or(Period::ALL.len(), |other| other as usize + 1);
            Period::ALL.into_iter().take(to).skip(from).map(Some).collect()
        }
        _ => Vec::new(),
    }
}

pub(crate) async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (action, change): (&'static str, &PersonChange),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let act = Act {
        by,
        action,
        subject: format!("person/{}", change.person_id),
        detail: json!({ "change": change.id, "field": change.field }),
    };
    cx.record(tx, act, now).await
}
