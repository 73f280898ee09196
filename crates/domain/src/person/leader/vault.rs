//! Where the record of a provincial leader is: in a unit that no region has, so that no grant over places reaches it. The unit that really
//! manages him stays in his facts.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::{Leader, store};
use crate::{
    aid,
    authority::{Place, Scope},
    ids::{LeaderId, PersonId, RegionCode, UnitId},
    notice,
    person::{
        Person, Unit, UnitKind, entity,
        fact::{self, FactError, FactKind, FactRefusal},
        managed, store as people,
    },
};

/// No province has this code.
const NOWHERE: &str = "99";

/// The unit of everybody in the class.
pub(crate) fn unit_id() -> UnitId {
    UnitId::from_uuid(Uuid::from_u128(0x016f_5e66_e800_7000_8000_9900_0000_0001))
}

/// Is the record in the class?
pub fn is_guarded(person: &Person) -> bool {
    person.unit_id == unit_id()
}

/// The place of a person whose unit is there: for the class, one's own name is the only way to it.
pub(crate) fn place(person: PersonId, unit: &Unit) -> Place {
    let guarded = (unit.id == unit_id()).then_some(person);
    Place { person: guarded, ..unit.place() }
}

/// May somebody be given this scope at all? Nobody gets the class as a place, and an entry of a need-to-know list names a leader.
pub async fn may_be_granted(db: &impl ConnectionTrait, scope: &Scope) -> Result<bool, DbErr> {
    Ok(match scope {
        Scope::Unit(unit) => *unit != unit_id(),
        Scope::Region(code) => !code.as_str().starts_with(NOWHERE),
        Scope::Person(person) => people::find(db, *person).await?.is_some_and(|one| is_guarded(&one)),
        Scope::Branch(_) | Scope::Organ(_) | Scope::Party(_) | Scope::Corps(_) => true,
    })
}

/// The record enters the class. Nothing about it may be under way where others are looking.
pub(crate) async fn enter(
    tx: &DatabaseTransaction,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<(), FactError> {
    if is_guarded(person) {
        return Ok(());
    }
    if aid::store::case::of_person(tx, person.id).await?.iter().any(|case| !case.status.is_over()) {
        return Err(FactRefusal::UnderWay.into());
    }
    if people::find_unit(tx, unit_id()).await?.is_none() {
        let region = RegionCode::parse(NOWHERE).ok_or(FactError::NotFound)?;
        // The name says whom to ask, and nothing of whom it is about.
        let unit = Unit {
            id: unit_id(),
            name: "省委老干部局".to_owned(),
            kind: UnitKind::Agency,
            region,
            parent_id: None,
            closed_on: None,
        };
        people::insert_unit(tx, unit).await?;
    }
    settle(tx, person, unit_id(), now).await?;
    notice::calls::not_needed(tx, person.id, now).await?;
    let number = store::last_number(tx).await? + 1;
    let row = Leader { id: LeaderId::new(now), number, person_id: person.id, since: now, until: None };
    store::insert(tx, row).await?;
    Ok(())
}

/// It was a mistake: the record goes back to the unit that its facts name.
pub(crate) async fn leave(
    tx: &DatabaseTransaction,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<(), FactError> {
    if !is_guarded(person) {
        return Ok(());
    }
    let managing = fact::store::current(tx, person.id, FactKind::ManagingUnit).await?;
    let unit = managing.and_then(|fact| fact.unit_id).ok_or(FactError::NotFound)?;
    settle(tx, person, unit, now).await?;
    store::end(tx, person.id, now).await?;
    Ok(())
}

async fn settle(
    tx: &DatabaseTransaction,
    person: &Person,
    unit: UnitId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = entity::ActiveModel { unit_id: Set(unit), ..Default::default() };
    people::update(tx, person, change, now).await?;
    managed::by(tx, person.id, unit).await
}
