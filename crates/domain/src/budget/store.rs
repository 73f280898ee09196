//! Every query on orders.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{Order, OrderLine, OrderState, entity, line};
use crate::ids::{BudgetOrderId, RegionCode};

/// One order.
pub async fn find(db: &impl ConnectionTrait, id: BudgetOrderId) -> Result<Option<Order>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

pub(super) async fn locked(db: &impl ConnectionTrait, id: BudgetOrderId) -> Result<Option<Order>, DbErr> {
    entity::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// Its lines, in their order.
pub async fn lines(db: &impl ConnectionTrait, id: BudgetOrderId) -> Result<Vec<OrderLine>, DbErr> {
    let of = line::Column::OrderId.eq(id);
    line::Entity::find().filter(of).order_by_asc(line::Column::Line).all(db).await
}

/// The orders about a region and everything below it, those that wait first, then latest first.
pub async fn of_region(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    limit: u64,
) -> Result<Vec<Order>, DbErr> {
    let mut rows = entity::Entity::find()
        .filter(within(region))
        .order_by_desc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.sort_by_key(|order| order.state != OrderState::Proposed);
    Ok(rows)
}

/// How many wait for a second person there.
pub async fn waiting(db: &impl ConnectionTrait, region: &RegionCode) -> Result<u64, DbErr> {
    let state = entity::Column::State.eq(OrderState::Proposed);
    entity::Entity::find().filter(within(region)).filter(state).count(db).await
}

fn within(region: &RegionCode) -> Condition {
    let from = region.as_str();
    Condition::all()
        .add(entity::Column::Region.gte(from))
        .add(entity::Column::Region.lt(format!("{from}{}", char::MAX)))
}

pub(super) async fn insert(
    db: &impl ConnectionTrait,
    order: Order,
    lines: Vec<OrderLine>,
) -> Result<Order, DbErr> {
    let order = order.into_active_model().reset_all().insert(db).await?;
    if !lines.is_empty() {
        let lines = lines.into_iter().map(|line| line.into_active_model().reset_all());
        line::Entity::insert_many(lines).exec_without_returning(db).await?;
    }
    Ok(order)
}

/// Writes the whole row, which is locked.
pub(super) async fn save(db: &impl ConnectionTrait, order: Order) -> Result<(), DbErr> {
    order.into_active_model().reset_all().update(db).await?;
    Ok(())
}
