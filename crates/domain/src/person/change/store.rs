//! Every query on requests.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::{ChangeState, Field, PersonChange, entity};
use crate::{
    authority::Scope,
    ids::{AccountId, IntakeId, PersonChangeId, PersonId},
    person,
};

/// One request.
pub async fn find(db: &impl ConnectionTrait, id: PersonChangeId) -> Result<Option<PersonChange>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

pub(super) async fn locked(
    db: &impl ConnectionTrait,
    id: PersonChangeId,
) -> Result<Option<PersonChange>, DbErr> {
    entity::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// What waits for a second person, among the people of these scopes, oldest first.
pub async fn waiting(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<PersonChange>, DbErr> {
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Person.def())
        .join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
        .filter(person::store::within(scopes))
        .filter(entity::Column::State.eq(ChangeState::Asked))
        .order_by_asc(entity::Column::AskedAt)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Every request about a person, latest first.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<PersonChange>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .order_by_desc(entity::Column::Id)
        .all(db)
        .await
}

/// The last change of somebody's account that was agreed to after this moment.
pub async fn account_changed_since(
    db: &impl ConnectionTrait,
    person: PersonId,
    since: DateTime<Utc>,
) -> Result<Option<PersonChange>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::Field.eq(Field::Payout.code()))
        .filter(entity::Column::State.eq(ChangeState::Agreed))
        .filter(entity::Column::DecidedAt.gt(since))
        .order_by_desc(entity::Column::DecidedAt)
        .one(db)
        .await
}

/// Whoever asked for a change of somebody's account that was agreed to, and whoever agreed.
pub async fn account_hands(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<AccountId>, DbErr> {
    let changes = entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::Field.eq(Field::Payout.code()))
        .filter(entity::Column::State.eq(ChangeState::Agreed))
        .all(db)
        .await?;
    Ok(changes.into_iter().flat_map(|it| [Some(it.asked_by), it.decided_by]).flatten().collect())
}

/// The requests of an import, in the order of its rows.
pub async fn of_intake(
    db: &impl ConnectionTrait,
    intake: IntakeId,
    limit: u64,
) -> Result<Vec<PersonChange>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::IntakeId.eq(intake))
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// What waits for a second person, about these people.
pub(crate) async fn asked_of(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
) -> Result<Vec<PersonChange>, DbErr> {
    let mut found = Vec::new();
    for some in persons.chunks(500) {
        let rows = entity::Entity::find()
            .filter(entity::Column::PersonId.is_in(some.iter().copied()))
            .filter(entity::Column::State.eq(ChangeState::Asked));
        found.extend(rows.all(db).await?);
    }
    Ok(found)
}

fn of_all(persons: &[PersonId], intake: IntakeId) -> Condition {
    let about = entity::Column::PersonId.is_in(persons.iter().copied());
    Condition::all().add(entity::Column::IntakeId.eq(intake)).add(about)
}

/// About whom of these has anybody decided on what an import asked?
pub(crate) async fn decided(
    db: &impl ConnectionTrait,
    (persons, intake): (&[PersonId], IntakeId),
) -> Result<Vec<PersonId>, DbErr> {
    entity::Entity::find()
        .select_only()
        .column(entity::Column::PersonId)
        .filter(of_all(persons, intake))
        .filter(entity::Column::State.ne(ChangeState::Asked))
        .into_tuple()
        .all(db)
        .await
}

/// It never asked about these.
pub(crate) async fn forget(
    db: &impl ConnectionTrait,
    (persons, intake): (&[PersonId], IntakeId),
) -> Result<(), DbErr> {
    entity::Entity::delete_many().filter(of_all(persons, intake)).exec(db).await?;
    Ok(())
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: PersonChange) -> Result<PersonChange, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(super) async fn save(db: &impl ConnectionTrait, row: PersonChange) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}
