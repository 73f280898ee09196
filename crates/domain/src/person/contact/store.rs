//! Every query on contacts.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use secrecy::ExposeSecret;

use super::{PersonContact, entity};
use crate::{
    ids::{AccountId, PersonContactId, PersonId},
    privacy::{Phone, Sealer, Searched},
};

/// The numbers that are in use, in the order in which they were written down.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<PersonContact>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::EndedAt.is_null())
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// Who of these had a number in use at a moment.
pub(crate) async fn persons_with(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
    at: DateTime<Utc>,
) -> Result<HashSet<PersonId>, DbErr> {
    let mut found = HashSet::new();
    for some in persons.chunks(500) {
        let ids: Vec<PersonId> = entity::Entity::find()
            .select_only()
            .column(entity::Column::PersonId)
            .filter(entity::Column::PersonId.is_in(some.iter().copied()))
            .filter(entity::Column::RecordedAt.lte(at))
            .filter(
                Condition::any().add(entity::Column::EndedAt.is_null()).add(entity::Column::EndedAt.gt(at)),
            )
            .into_tuple()
            .all(db)
            .await?;
        found.extend(ids);
    }
    Ok(found)
}

/// Whoever is reached by this number: a shared telephone is normal, and is said.
pub async fn reached_by(
    db: &impl ConnectionTrait,
    seal: &Sealer,
    phone: &Phone,
) -> Result<Vec<PersonId>, DbErr> {
    entity::Entity::find()
        .select_only()
        .column(entity::Column::PersonId)
        .distinct()
        .filter(entity::Column::ValueIndex.is_in(seal.blinds(Searched::Phone, phone.as_str())))
        .filter(entity::Column::EndedAt.is_null())
        .into_tuple()
        .all(db)
        .await
}

/// How many others are reached by one of these numbers.
pub async fn shared(
    db: &impl ConnectionTrait,
    seal: &Sealer,
    contact: &PersonContact,
) -> Result<bool, DbErr> {
    let clear = seal.open(PersonContact::cell(&contact.id.to_string()), &contact.value);
    let indexes = match &clear {
        Ok(number) => seal.blinds(Searched::Phone, number.expose_secret()),
        Err(_) => vec![contact.value_index.clone()],
    };
    let other = entity::Entity::find()
        .filter(entity::Column::ValueIndex.is_in(indexes))
        .filter(entity::Column::PersonId.ne(contact.person_id))
        .filter(entity::Column::EndedAt.is_null())
        .one(db)
        .await?;
    Ok(other.is_some())
}

/// One number.
pub async fn find(db: &impl ConnectionTrait, id: PersonContactId) -> Result<Option<PersonContact>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: PersonContact) -> Result<PersonContact, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// `false`: it is not used any more.
pub(super) async fn verify(
    db: &impl ConnectionTrait,
    id: PersonContactId,
    by: &AccountId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = entity::ActiveModel {
        verified_at: Set(Some(now)),
        verified_by: Set(Some(by.clone())),
        ..Default::default()
    };
    update(db, id, change).await
}

/// `false`: it was ended before.
pub(super) async fn end(
    db: &impl ConnectionTrait,
    id: PersonContactId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    update(db, id, entity::ActiveModel { ended_at: Set(Some(now)), ..Default::default() }).await
}

async fn update(
    db: &impl ConnectionTrait,
    id: PersonContactId,
    change: entity::ActiveModel,
) -> Result<bool, DbErr> {
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
