//! 身份证号: a number that was registered wrongly. The new one is sealed and indexed as the first was; the old one stays in the request,
//! sealed. What the new one says otherwise than the record is for the second person to see.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{ChangeError, ChangeRefusal, ChangeState, Wanted, commands::open, field::as_written, store};
use crate::{
    Act, By, Context,
    authority::Worker,
    ids::{PersonChangeId, PersonId},
    person::{
        Gender, Person, SealedColumn,
        commands::reached,
        double, entity,
        period::Known,
        reveal::{self, Purpose},
        store as people,
    },
    privacy::{IdentityNumber, Searched},
};

/// What an identity number says otherwise than the record, or than what is asked for. The number is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disagreement {
    /// 性别: the record's, the number's.
    Gender(Gender, Gender),
    /// 出生日期: the record's, the number's.
    Birth(Known, NaiveDate),
    /// 性别, that the number of the record says and the request does not.
    Number(Gender),
}

/// What it is now.
pub(super) fn current(cx: &Context, person: &Person) -> Result<Option<Wanted>, ChangeError> {
    let clear = reveal::open(cx, person, SealedColumn::Identity)?;
    let number = clear.and_then(|clear| IdentityNumber::parse(clear.expose_secret()).ok());
    // The record keeps the converted number and that it was converted.
    Ok(number.map(|number| {
        let old = person.identity_derived.then(|| shortened(&number)).flatten();
        Wanted::Identity(old.unwrap_or(number))
    }))
}

fn shortened(number: &IdentityNumber) -> Option<IdentityNumber> {
    let (place, rest) = (number.as_str().get(..6)?, number.as_str().get(8..17)?);
    IdentityNumber::parse(&format!("{place}{rest}")).ok().filter(|old| old.as_str() == number.as_str())
}

/// Nobody else has it, living or dead.
pub(super) async fn is_free(
    db: &impl ConnectionTrait,
    cx: &Context,
    person: &Person,
    number: &IdentityNumber,
) -> Result<(), ChangeError> {
    match people::by_identity(db, &cx.seal, number).await? {
        Some(other) if other.id == person.id => Ok(()),
        Some(other) if other.merged_into == Some(person.id) => Err(ChangeRefusal::IdentityMerged.into()),
        Some(other) => Err(ChangeRefusal::IdentityTaken(other.merged_into.unwrap_or(other.id)).into()),
        None => Ok(()),
    }
}

/// The columns of the new one.
pub(super) async fn becomes(
    tx: &DatabaseTransaction,
    cx: &Context,
    person: &Person,
    number: &IdentityNumber,
) -> Result<entity::ActiveModel, ChangeError> {
    // Somebody may have come by it while the request waited.
    is_free(tx, cx, person, number).await?;
    let row = person.id.to_string();
    Ok(entity::ActiveModel {
        identity: Set(Some(cx.seal.seal(SealedColumn::Identity.cell(&row), number.as_str())?)),
        identity_index: Set(Some(cx.seal.blind(Searched::IdentityNumber, number.as_str()))),
        identity_derived: Set(number.is_derived()),
        ..Default::default()
    })
}

/// Whom the record looks like, now that its number is another one.
pub(super) async fn compared(
    tx: &DatabaseTransaction,
    cx: &Context,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    match people::find(tx, person).await? {
        Some(person) => double::commands::note_again(tx, cx, &person, now).await,
        None => Ok(()),
    }
}

fn gender_of(number: &IdentityNumber) -> Gender {
    if number.is_male() { Gender::Male } else { Gender::Female }
}

/// What a number and the record, or the gender that is asked for, say of each other.
pub(super) fn disagrees(
    cx: &Context,
    person: &Person,
    wanted: &Wanted,
) -> Result<Vec<Disagreement>, ChangeError> {
    let mut all = Vec::new();
    let number = match wanted {
        Wanted::Identity(number) => number,
        Wanted::Gender(gender) => {
            if let Some(Wanted::Identity(number)) = current(cx, person)? {
                let said = gender_of(&number);
                all.extend((said != *gender).then_some(Disagreement::Number(said)));
            }
            return Ok(all);
        }
        _ => return Ok(all),
    };
    let gender = gender_of(number);
    if gender != person.gender {
        all.push(Disagreement::Gender(person.gender, gender));
    }
    let known = Known { on: person.born_on, precision: person.born_precision };
    let (first, last) = known.days();
    if number.born_on() < first || last < number.born_on() {
        all.push(Disagreement::Birth(known, number.born_on()));
    }
    Ok(all)
}

/// The number that a waiting request asks for, as it was typed, for whoever holds it against the document. Each look leaves its row.
pub async fn look(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: PersonChangeId,
    now: DateTime<Utc>,
) -> Result<SecretString, ChangeError> {
    let tx = mailbox::transaction::write(db).await?;
    let change = store::locked(&tx, id).await?.ok_or(ChangeError::NotFound)?;
    let person = reached(&tx, worker, change.person_id).await?;
    if change.state != ChangeState::Asked {
        return Err(ChangeRefusal::NotNow.into());
    }
    let (_, Wanted::Identity(number)) = open(cx, &change)? else { return Err(ChangeError::NotFound) };
    let act = Act {
        by: By::from(worker),
        action: "person.revealed",
        subject: format!("person/{}", person.id),
        detail: json!({
            "field": SealedColumn::Identity.code(),
            "purpose": Purpose::Verification.code(),
            "change": id,
        }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(as_written(&number).into())
}
