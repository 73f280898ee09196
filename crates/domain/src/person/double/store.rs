//! Every query on pairs.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, sea_query::OnConflict,
};

use super::{DoubleState, PersonDouble, entity};
use crate::{
    authority::Scope,
    ids::{AccountId, PersonDoubleId, PersonId},
    person::{self, Person, entity as people, leader, name},
};

/// How many records with a common name are looked at.
const MOST: u64 = 400;

/// The pairs that wait for somebody, among the people of these scopes, the likeliest first.
pub async fn open_in(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<PersonDouble>, DbErr> {
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::One.def())
        .join(JoinType::InnerJoin, people::Relation::Unit.def())
        .filter(person::store::within(scopes))
        .filter(entity::Column::State.eq(DoubleState::Open))
        .filter(entity::Column::OtherId.not_in_subquery(leader::store::persons()))
        .order_by_desc(entity::Column::Score)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// One pair.
pub async fn find(db: &impl ConnectionTrait, id: PersonDoubleId) -> Result<Option<PersonDouble>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// Everybody who is called or sounds like this, or has this telephone. The dead and the merged too: numbers and names are theirs.
pub(super) async fn alike(
    db: &impl ConnectionTrait,
    sounds: &[String],
    phone: Option<&crate::privacy::Blind>,
) -> Result<Vec<Person>, DbErr> {
    let ids: Vec<PersonId> = name::entity::Entity::find()
        .select_only()
        .column(name::entity::Column::PersonId)
        .distinct()
        .filter(
            name::entity::Column::Sound
                .is_in(sounds.iter().filter(|one| !one.is_empty()).map(String::as_str)),
        )
        .limit(MOST)
        .into_tuple()
        .all(db)
        .await?;
    let mut which = Condition::any().add(people::Column::Id.is_in(ids));
    if let Some(phone) = phone {
        which = which.add(people::Column::PhoneIndex.eq(phone.clone()));
    }
    people::Entity::find()
        .filter(which)
        .filter(people::Column::MergedInto.is_null())
        // Nobody is told that he looks like a provincial leader.
        .filter(people::Column::UnitId.ne(leader::unit_id()))
        .order_by_asc(people::Column::Id)
        .all(db)
        .await
}

/// Notes a pair, once.
pub(super) async fn insert(db: &impl ConnectionTrait, pairs: &[PersonDouble]) -> Result<u64, DbErr> {
    let mut new = 0;
    for some in pairs.chunks(300) {
        let known =
            OnConflict::columns([entity::Column::OneId, entity::Column::OtherId]).do_nothing().to_owned();
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        new += entity::Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    }
    Ok(new)
}

/// Moves a pair on. `false`: it is not where it was thought to be.
pub(in crate::person) async fn settle(
    db: &impl ConnectionTrait,
    (one, other): (PersonId, PersonId),
    (from, to): (DoubleState, DoubleState),
    decided: Option<(&AccountId, DateTime<Utc>)>,
) -> Result<bool, DbErr> {
    let (one, other) = (one.min(other), one.max(other));
    let change = entity::ActiveModel {
        state: Set(to),
        decided_by: Set(decided.map(|(by, _)| by.clone())),
        decided_at: Set(decided.map(|(_, at)| at)),
        ..Default::default()
    };
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::OneId.eq(one))
        .filter(entity::Column::OtherId.eq(other))
        .filter(entity::Column::State.eq(from))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
