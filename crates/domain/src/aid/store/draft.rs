//! Queries on drafts.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, DbErr,
    EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use crate::{
    aid::draft::{Draft, OFFERED_FOR, entity},
    ids::{AccountId, DraftId, PersonId},
    person,
    privacy::Sealed,
    retention::{self, Holding},
};

/// The draft of a login for a person, whether or not it is still offered.
pub async fn of(
    db: &impl ConnectionTrait,
    account: &AccountId,
    person: PersonId,
) -> Result<Option<Draft>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::AccountId.eq(account.clone()))
        .filter(entity::Column::PersonId.eq(person))
        .one(db)
        .await
}

/// The drafts of a login that are still offered, latest first is for the page to say.
pub async fn offered(
    db: &impl ConnectionTrait,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Draft>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::AccountId.eq(account.clone()))
        .filter(entity::Column::UpdatedAt.gt(now - OFFERED_FOR))
        .all(db)
        .await
}

/// A draft.
pub(in crate::aid) async fn find(db: &impl ConnectionTrait, id: DraftId) -> Result<Option<Draft>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// A draft, locked against other writers until the transaction ends.
pub(in crate::aid) async fn locked(db: &impl ConnectionTrait, id: DraftId) -> Result<Option<Draft>, DbErr> {
    entity::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// Writes a new draft. `false`: the login has one for this person.
pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, draft: Draft) -> Result<bool, DbErr> {
    let there =
        sea_orm::sea_query::OnConflict::columns([entity::Column::AccountId, entity::Column::PersonId])
            .do_nothing()
            .to_owned();
    let insert = entity::Entity::insert(draft.into_active_model().reset_all()).on_conflict(there);
    Ok(insert.exec_without_returning(db).await? == 1)
}

/// Writes other answers, if the draft is still the version that was read.
pub(in crate::aid) async fn save(
    db: &impl ConnectionTrait,
    read: &Draft,
    answers: Sealed,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = entity::ActiveModel {
        answers: Set(answers),
        version: Set(read.version + 1),
        updated_at: Set(now),
        ..Default::default()
    };
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(read.id))
        .filter(entity::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

pub(in crate::aid) async fn delete(db: &impl ConnectionTrait, id: DraftId) -> Result<bool, DbErr> {
    Ok(entity::Entity::delete_by_id(id).exec(db).await?.rows_affected == 1)
}

/// Deletes drafts that are offered no longer; returns how many. What nobody sent is nobody's business for longer, unless a hold holds it.
pub async fn purge(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let old = entity::Column::UpdatedAt.lte(now - OFFERED_FOR);
    let tx = mailbox::transaction::write(db).await?;
    retention::gate(&tx).await?;
    let mut which = Condition::all().add(old);
    let holding = Holding::load(&tx).await?;
    if !holding.is_empty() {
        let people = entity::Entity::find().select_only().column(entity::Column::PersonId);
        let people: Vec<PersonId> = people.filter(which.clone()).into_tuple().all(&tx).await?;
        let people = person::store::find_all(&tx, &people).await?;
        let held = people.iter().filter(|person| holding.over_one(person.id, person.unit_id));
        which = which.add(entity::Column::PersonId.is_not_in(held.map(|person| person.id)));
    }
    let done = entity::Entity::delete_many().filter(which).exec(&tx).await?;
    tx.commit().await?;
    Ok(done.rows_affected)
}
