//! Every query on wishes.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::{
    Answer, Wish,
    entity::{ActiveModel, Column, Entity, Relation},
};
use crate::{
    authority::Scope,
    ids::{AccountId, PersonId, WishId},
    person,
};

/// One.
pub async fn find(db: &impl ConnectionTrait, id: WishId) -> Result<Option<Wish>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// What a person asked, latest first.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId, limit: u64) -> Result<Vec<Wish>, DbErr> {
    let all = Entity::find().filter(Column::PersonId.eq(person)).order_by_desc(Column::Id);
    all.limit(limit).all(db).await
}

/// What waits for an answer among the people whom the scopes reach, oldest first.
pub async fn waiting(db: &impl ConnectionTrait, scopes: &[Scope], limit: u64) -> Result<Vec<Wish>, DbErr> {
    // From what waits to whom it is about: few wait, and a province has half a million people.
    Entity::find()
        .join(JoinType::InnerJoin, Relation::Person.def())
        .join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
        .filter(person::store::within(scopes))
        .filter(Column::AnsweredAt.is_null())
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Wish) -> Result<Wish, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Answers. `false`: somebody has answered.
pub(super) async fn answer(
    db: &impl ConnectionTrait,
    id: WishId,
    (answer, by): (Answer, &AccountId),
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = ActiveModel {
        answer: Set(Some(answer)),
        answered_by: Set(Some(by.clone())),
        answered_at: Set(Some(now)),
        ..Default::default()
    };
    let open =
        Entity::update_many().set(change).filter(Column::Id.eq(id)).filter(Column::AnsweredAt.is_null());
    Ok(open.exec(db).await?.rows_affected == 1)
}
