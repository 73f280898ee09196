//! Every query on what is asked.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::ask::{ActiveModel, AskState, Column, Entity, Model, Relation};
use crate::{
    authority::Scope,
    ids::{AccountId, AccountLinkId, MandateAskId, PersonId},
    person::{
        self,
        death_undo::{Place, Stopped},
    },
};

/// One.
pub async fn find(db: &impl ConnectionTrait, id: MandateAskId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// What waits for this person's answer, oldest first.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<Model>, DbErr> {
    let open = Entity::find().filter(Column::PersonId.eq(person)).filter(Column::State.eq(AskState::Asked));
    open.filter(Column::Until.gt(now)).order_by_asc(Column::Id).all(db).await
}

/// What waits among the people whom the scopes reach, oldest first.
pub async fn waiting(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
    now: DateTime<Utc>,
) -> Result<Vec<Model>, DbErr> {
    // From what waits to whom it is about: few wait, and a province has half a million people.
    Entity::find()
        .join(JoinType::InnerJoin, Relation::Person.def())
        .join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
        .filter(person::store::within(scopes))
        .filter(Column::State.eq(AskState::Asked))
        .filter(Column::Until.gt(now))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Does the login wait for this person's answer already?
pub(super) async fn is_open(
    db: &impl ConnectionTrait,
    account: &AccountId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    Ok(of_person(db, person, now).await?.iter().any(|ask| ask.account_id == *account))
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<Model, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Answers. `false`: somebody has answered.
pub(super) async fn decide(
    db: &impl ConnectionTrait,
    ask: &Model,
    (state, by, link): (AskState, &AccountId, Option<AccountLinkId>),
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = ActiveModel {
        state: Set(state),
        decided_by: Set(Some(by.clone())),
        decided_at: Set(Some(now)),
        link_id: Set(link),
        ..Default::default()
    };
    let open = Entity::update_many().set(change).filter(Column::Id.eq(ask.id));
    let done = open.filter(Column::State.eq(AskState::Asked)).exec(db).await?;
    Ok(done.rows_affected == 1)
}

/// The person died: nobody answers any more.
pub(crate) async fn lapse_of(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<Stopped>, DbErr> {
    let open = Condition::all().add(Column::PersonId.eq(person)).add(Column::State.eq(AskState::Asked));
    let lapsed = Entity::find().filter(open.clone()).all(db).await?;
    let change =
        ActiveModel { state: Set(AskState::Lapsed), decided_at: Set(Some(now)), ..Default::default() };
    Entity::update_many().set(change).filter(open).exec(db).await?;
    Ok(lapsed.iter().map(|ask| Stopped::new(Place::Ask, &ask.id)).collect())
}

/// The person lives: what lapsed waits for an answer again, if it is not too late for it.
pub(crate) async fn open_again(
    db: &impl ConnectionTrait,
    id: MandateAskId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = ActiveModel { state: Set(AskState::Asked), decided_at: Set(None), ..Default::default() };
    let one = Entity::update_many().set(change).filter(Column::Id.eq(id)).filter(Column::Until.gt(now));
    one.filter(Column::State.eq(AskState::Lapsed)).exec(db).await?;
    Ok(())
}
