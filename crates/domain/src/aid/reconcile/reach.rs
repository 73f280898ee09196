//! What was found, as far as a reader's places reach: the lists and their counts go by the same rule.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use super::{Finding, Outcome, entity::finding};
use crate::{aid::entity as case, authority::Scope, person};

/// By the place of the case; what has no case is everybody's.
fn within(scopes: &[Scope]) -> Condition {
    let mine = case::Entity::find().select_only().column(case::Column::Id).filter(person::store::reached(
        scopes,
        case::Column::Region,
        case::Column::UnitId,
    ));
    Condition::any()
        .add(finding::Column::CaseId.is_null())
        .add(finding::Column::CaseId.in_subquery(mine.into_query()))
}

/// How many are open, by what is the matter.
pub async fn open(db: &impl ConnectionTrait, scopes: &[Scope], outcome: Outcome) -> Result<u64, DbErr> {
    finding::Entity::find()
        .filter(finding::Column::ClosedAt.is_null())
        .filter(finding::Column::Outcome.eq(outcome))
        .filter(within(scopes))
        .count(db)
        .await
}

/// What is open, longest first.
pub async fn unexplained(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<Finding>, DbErr> {
    finding::Entity::find()
        .filter(finding::Column::ClosedAt.is_null())
        .filter(within(scopes))
        .order_by_asc(finding::Column::FoundAt)
        .order_by_asc(finding::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// What was explained or came right, newest first.
pub async fn closed(db: &impl ConnectionTrait, scopes: &[Scope], limit: u64) -> Result<Vec<Finding>, DbErr> {
    finding::Entity::find()
        .filter(finding::Column::ClosedAt.is_not_null())
        .filter(within(scopes))
        .order_by_desc(finding::Column::ClosedAt)
        .limit(limit)
        .all(db)
        .await
}
