//! Queries on plans.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::{
    authority::Scope,
    ids::{OutreachPlanId, RegionCode},
    outreach::{
        Occasion, Plan, PlanState,
        plan::{Column, Entity},
    },
    person::store::{begins_with, reached},
};

/// One.
pub async fn find(db: &impl ConnectionTrait, id: OutreachPlanId) -> Result<Option<Plan>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

pub(in crate::outreach) async fn locked(
    db: &impl ConnectionTrait,
    id: OutreachPlanId,
) -> Result<Option<Plan>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// The plans of some places, those that wait or run first, then latest first.
pub async fn within(db: &impl ConnectionTrait, scopes: &[Scope], limit: u64) -> Result<Vec<Plan>, DbErr> {
    let mut rows = Entity::find()
        .filter(reached(scopes, Column::Region, Column::UnitId))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.sort_by_key(|plan| matches!(plan.state, PlanState::Settled | PlanState::Withdrawn));
    Ok(rows)
}

/// Is there one of an occasion that begins on a day, in these places?
pub async fn begins_on(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    (occasion, on): (Occasion, NaiveDate),
) -> Result<bool, DbErr> {
    let found = Entity::find()
        .filter(reached(scopes, Column::Region, Column::UnitId))
        .filter(Column::Occasion.eq(occasion))
        .filter(Column::OnDay.eq(on))
        .filter(Column::State.ne(PlanState::Withdrawn));
    Ok(found.count(db).await? > 0)
}

/// Those that wait for an approver there.
pub async fn waiting(db: &impl ConnectionTrait, scopes: &[Scope]) -> Result<Vec<Plan>, DbErr> {
    Entity::find()
        .filter(reached(scopes, Column::Region, Column::UnitId))
        .filter(Column::State.eq(PlanState::Proposed))
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// The plans of a region, and below, that are approved and not settled, borne by the budget of a year.
pub async fn unsettled_of_year(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    year: i32,
) -> Result<Vec<Plan>, DbErr> {
    Entity::find()
        .filter(begins_with(Column::Region, region.as_str()))
        .filter(Column::BudgetYear.eq(year))
        .filter(Column::State.eq(PlanState::Approved))
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// How many are neither settled nor taken back in a region and what lies below it.
pub(crate) async fn open_in(db: &impl ConnectionTrait, region: &RegionCode) -> Result<u64, DbErr> {
    Entity::find()
        .filter(begins_with(Column::Region, region.as_str()))
        .filter(Column::State.is_in([PlanState::Draft, PlanState::Proposed, PlanState::Approved]))
        .count(db)
        .await
}

pub(in crate::outreach) async fn insert(db: &impl ConnectionTrait, row: Plan) -> Result<Plan, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(in crate::outreach) async fn save(db: &impl ConnectionTrait, row: Plan) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}
