//! 待认定: veterans whose date of joining the work lies in two periods, so that a human must decide.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{
    Person, Retirement, entity,
    fact::{self, FactKind},
    period, store,
};
use crate::authority::Scope;

/// The living of these scopes, by id.
pub async fn people(db: &impl ConnectionTrait, scopes: &[Scope], limit: u64) -> Result<Vec<Person>, DbErr> {
    let own = Expr::col((fact::entity::Entity, fact::entity::Column::PersonId))
        .equals((entity::Entity, entity::Column::Id));
    let decided = Query::select()
        .expr(Expr::val(1))
        .from(fact::entity::Entity)
        .and_where(own)
        .and_where(fact::entity::Column::Kind.eq(FactKind::Period))
        .and_where(fact::entity::Column::SupersededAt.is_null())
        .to_owned();
    // Walks its own index: the desk's first page asks this of a whole province.
    let straddling =
        period::straddling().into_iter().fold(Condition::any(), |any, (precision, first, last)| {
            let precise = entity::Column::JoinedWorkPrecision.eq(precision);
            any.add(precise.and(entity::Column::JoinedWorkOn.between(first, last)))
        });
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Unit.def())
        .filter(store::within(scopes))
        .filter(entity::Column::Retirement.eq(Retirement::Veteran))
        .filter(straddling)
        .filter(entity::Column::DiedOn.is_null())
        .filter(entity::Column::MergedInto.is_null())
        .filter(Expr::exists(decided).not())
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}
