//! 待认定: veterans whose date of joining the work lies in two periods, so that a human must decide.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{
    Person, Precision, Retirement, entity,
    fact::{self, FactKind},
    period::{self, Told},
    store,
};
use crate::authority::Scope;

/// The living of these scopes, by id.
pub async fn people(db: &impl ConnectionTrait, scopes: &[Scope], limit: usize) -> Result<Vec<Person>, DbErr> {
    let own = Expr::col((fact::entity::Entity, fact::entity::Column::PersonId))
        .equals((entity::Entity, entity::Column::Id));
    let decided = Query::select()
        .expr(Expr::val(1))
        .from(fact::entity::Entity)
        .and_where(own)
        .and_where(fact::entity::Column::Kind.eq(FactKind::Period))
        .and_where(fact::entity::Column::SupersededAt.is_null())
        .to_owned();
    let mut persons = entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Unit.def())
        .filter(store::within(scopes))
        .filter(entity::Column::Retirement.eq(Retirement::Veteran))
        .filter(entity::Column::JoinedWorkPrecision.is_in([Precision::Month, Precision::Year]))
        .filter(entity::Column::DiedOn.is_null())
        .filter(entity::Column::MergedInto.is_null())
        .filter(Expr::exists(decided).not())
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await?;
    persons.retain(|person| matches!(period::of_person(person), Some(Told::Straddles(..))));
    persons.truncate(limit);
    Ok(persons)
}
