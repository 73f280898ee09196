//! Every query on the class.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Query, SelectStatement},
};

use super::{Leader, LeaderRead, entity, read};
use crate::{
    authority::{Grants, Role, Scope},
    ids::{AccountId, LeaderId, LeaderReadId, PersonId},
    person::name,
};

/// One.
pub async fn find(db: &impl ConnectionTrait, id: LeaderId) -> Result<Option<Leader>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// By the number.
pub async fn by_number(db: &impl ConnectionTrait, number: i32) -> Result<Option<Leader>, DbErr> {
    let one = entity::Entity::find().filter(entity::Column::Number.eq(number));
    one.filter(entity::Column::Until.is_null()).one(db).await
}

/// The stay of a person in the class, if there is one now.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<Leader>, DbErr> {
    let one = entity::Entity::find().filter(entity::Column::PersonId.eq(person));
    one.filter(entity::Column::Until.is_null()).one(db).await
}

/// All of them, by number.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Leader>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::Until.is_null())
        .order_by_asc(entity::Column::Number)
        .all(db)
        .await
}

/// Those on whose need-to-know lists the reader is.
pub async fn known_to(db: &impl ConnectionTrait, grants: &Grants) -> Result<Vec<Leader>, DbErr> {
    let roles = [Role::Worker, Role::AuditAdmin];
    let known: Vec<PersonId> = roles
        .into_iter()
        .flat_map(|role| grants.scopes(role))
        .filter_map(|scope| match scope {
            Scope::Person(person) => Some(*person),
            _ => None,
        })
        .collect();
    if known.is_empty() {
        return Ok(Vec::new());
    }
    let mut all = all(db).await?;
    all.retain(|leader| known.contains(&leader.person_id));
    Ok(all)
}

/// Everybody in the class, as a part of other queries.
pub(crate) fn persons() -> SelectStatement {
    Query::select()
        .column(entity::Column::PersonId)
        .from(entity::Entity)
        .and_where(entity::Column::Until.is_null())
        .to_owned()
}

/// Who was in the class, as far as was known at a moment. Those who have died since stay in it.
pub(crate) async fn as_of(db: &impl ConnectionTrait, known: DateTime<Utc>) -> Result<Vec<PersonId>, DbErr> {
    let still = Condition::any().add(entity::Column::Until.is_null()).add(entity::Column::Until.gt(known));
    entity::Entity::find()
        .select_only()
        .column(entity::Column::PersonId)
        .filter(entity::Column::Since.lte(known))
        .filter(still)
        .into_tuple()
        .all(db)
        .await
}

/// What they are and were called: no message says any of it.
pub async fn names(db: &impl ConnectionTrait) -> Result<Vec<(PersonId, String)>, DbErr> {
    name::entity::Entity::find()
        .select_only()
        .column(name::entity::Column::PersonId)
        .column(name::entity::Column::Name)
        .distinct()
        .filter(name::entity::Column::PersonId.in_subquery(persons()))
        .into_tuple()
        .all(db)
        .await
}

pub(super) async fn last_number(db: &impl ConnectionTrait) -> Result<i32, DbErr> {
    let last = entity::Entity::find().order_by_desc(entity::Column::Number).limit(1).one(db).await?;
    Ok(last.map_or(0, |leader| leader.number))
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Leader) -> Result<Leader, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

pub(super) async fn end(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    entity::Entity::update_many()
        .set(entity::ActiveModel { until: Set(Some(now)), ..Default::default() })
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::Until.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// For what a login said that it looks at a person, if it said so lately.
pub async fn open_read(
    db: &impl ConnectionTrait,
    (account, person): (&AccountId, PersonId),
    now: DateTime<Utc>,
) -> Result<Option<LeaderRead>, DbErr> {
    read::Entity::find()
        .filter(read::Column::PersonId.eq(person))
        .filter(read::Column::AccountId.eq(account.clone()))
        .filter(read::Column::ReadAt.lte(now))
        .filter(read::Column::Until.gt(now))
        .order_by_desc(read::Column::Id)
        .one(db)
        .await
}

/// Who looked at whom and for what, the newest first: for those who watch. Of one person, or of all.
pub async fn reads(
    db: &impl ConnectionTrait,
    person: Option<PersonId>,
    limit: u64,
) -> Result<Vec<LeaderRead>, DbErr> {
    let of = person.map_or_else(Condition::all, |id| Condition::all().add(read::Column::PersonId.eq(id)));
    read::Entity::find().filter(of).order_by_desc(read::Column::Id).limit(limit).all(db).await
}

/// For what somebody said that he looks.
pub async fn read_of(db: &impl ConnectionTrait, id: LeaderReadId) -> Result<Option<LeaderRead>, DbErr> {
    read::Entity::find_by_id(id).one(db).await
}

pub(super) async fn insert_read(db: &impl ConnectionTrait, row: LeaderRead) -> Result<LeaderRead, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}
