//! Every query on logins; those on links are in a file of their own.

mod links;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use super::{Account, AccountEvent, TextSize, entity, event};
use crate::ids::{AccountId, PersonId};

pub(super) use links::end_link;
pub(crate) use links::{acted_for, end_links_of, insert_link, persons_with};
pub use links::{find_link, links_of, mandate, mandate_in, mandates, own_link, proxies_of};

/// One login, in the tenant or not.
pub async fn find(db: &impl ConnectionTrait, id: &AccountId) -> Result<Option<Account>, DbErr> {
    entity::Entity::find_by_id(id.clone()).one(db).await
}

/// The logins in the tenant that are called so, by name or by the platform's own id.
pub async fn called(db: &impl ConnectionTrait, text: &str) -> Result<Vec<Account>, DbErr> {
    let text = text.trim();
    let either = Condition::any().add(entity::Column::Id.eq(text)).add(entity::Column::Name.eq(text));
    entity::Entity::find()
        .filter(either)
        .filter(entity::Column::Active.eq(true))
        .order_by_asc(entity::Column::Id)
        .limit(10)
        .all(db)
        .await
}

/// One login, locked against other writers until the transaction ends (`SQLite` has one writer anyway).
pub(crate) async fn find_locked(db: &impl ConnectionTrait, id: &AccountId) -> Result<Option<Account>, DbErr> {
    entity::Entity::find_by_id(id.clone()).lock_exclusive().one(db).await
}

/// Notes a piece of news. `false`: it was heard before.
pub(super) async fn hear(db: &impl ConnectionTrait, news: AccountEvent) -> Result<bool, DbErr> {
    let heard_before = OnConflict::column(event::Column::Key).do_nothing().to_owned();
    let insert = event::Entity::insert(news.into_active_model().reset_all()).on_conflict(heard_before);
    Ok(insert.exec_without_returning(db).await? == 1)
}

/// What the platform said about a login, oldest first.
pub async fn news_of(db: &impl ConnectionTrait, id: &AccountId) -> Result<Vec<AccountEvent>, DbErr> {
    event::Entity::find()
        .filter(event::Column::AccountId.eq(id.clone()))
        .order_by_asc(event::Column::HappenedAt)
        .order_by_asc(event::Column::Key)
        .all(db)
        .await
}

/// The login that is the person's own, in the tenant or not.
pub(super) async fn holder_of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Option<Account>, DbErr> {
    entity::Entity::find().filter(entity::Column::PersonId.eq(person)).one(db).await
}

/// The person's own login, if it is in the tenant: where letters go.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<Account>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::Active.eq(true))
        .one(db)
        .await
}

/// The own logins of many persons, for audiences; those without one are simply missing.
pub async fn of_persons(db: &impl ConnectionTrait, persons: &[PersonId]) -> Result<Vec<Account>, DbErr> {
    let mut found = Vec::new();
    for some in persons.chunks(500) {
        let rows = entity::Entity::find()
            .filter(entity::Column::PersonId.is_in(some.iter().copied()))
            .filter(entity::Column::Active.eq(true))
            .order_by_asc(entity::Column::Id)
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

pub(crate) async fn insert(db: &impl ConnectionTrait, account: Account) -> Result<Account, DbErr> {
    account.into_active_model().reset_all().insert(db).await
}

/// Writes the columns that are `Set`. `false` when there is no such login.
pub(super) async fn update(
    db: &impl ConnectionTrait,
    id: &AccountId,
    change: entity::ActiveModel,
) -> Result<bool, DbErr> {
    let filter = entity::Column::Id.eq(id.clone());
    let done = entity::Entity::update_many().set(change).filter(filter).exec(db).await?;
    Ok(done.rows_affected == 1)
}

pub(super) async fn set_text_size(
    db: &impl ConnectionTrait,
    id: &AccountId,
    size: TextSize,
) -> Result<bool, DbErr> {
    update(db, id, entity::ActiveModel { text_size: Set(size), ..Default::default() }).await
}

pub(super) async fn set_person(
    db: &impl ConnectionTrait,
    id: &AccountId,
    person: Option<PersonId>,
) -> Result<bool, DbErr> {
    update(db, id, entity::ActiveModel { person_id: Set(person), ..Default::default() }).await
}
