//! Queries on items, what was bought, and where the pieces are.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    ids::{AccountId, OutreachItemId, OutreachPurchaseId, RegionCode},
    outreach::{Item, Moved, Movement, Purchase, Stock, item, movement, purchase},
    person::store::begins_with,
};

/// One item.
pub async fn item(db: &impl ConnectionTrait, id: OutreachItemId) -> Result<Option<Item>, DbErr> {
    item::Entity::find_by_id(id).one(db).await
}

/// The row that whoever moves pieces holds.
pub(in crate::outreach) async fn item_locked(
    db: &impl ConnectionTrait,
    id: OutreachItemId,
) -> Result<Option<Item>, DbErr> {
    item::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// The items of a region and below.
pub async fn items_in(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    limit: u64,
) -> Result<Vec<Item>, DbErr> {
    item::Entity::find()
        .filter(begins_with(item::Column::Region, region.as_str()))
        .order_by_desc(item::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// One purchase.
pub async fn purchase(db: &impl ConnectionTrait, id: OutreachPurchaseId) -> Result<Option<Purchase>, DbErr> {
    purchase::Entity::find_by_id(id).one(db).await
}

pub(in crate::outreach) async fn purchase_locked(
    db: &impl ConnectionTrait,
    id: OutreachPurchaseId,
) -> Result<Option<Purchase>, DbErr> {
    purchase::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// The purchases of an item, latest first.
pub async fn purchases_of(
    db: &impl ConnectionTrait,
    item: OutreachItemId,
    limit: u64,
) -> Result<Vec<Purchase>, DbErr> {
    purchase::Entity::find()
        .filter(purchase::Column::ItemId.eq(item))
        .order_by_desc(purchase::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// What happened to an item, latest first.
pub async fn movements_of(
    db: &impl ConnectionTrait,
    item: OutreachItemId,
    limit: u64,
) -> Result<Vec<Movement>, DbErr> {
    movement::Entity::find()
        .filter(movement::Column::ItemId.eq(item))
        .order_by_desc(movement::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

#[derive(FromQueryResult)]
struct Sum {
    kind: Moved,
    hand: Option<AccountId>,
    many: i64,
}

/// How many pieces are where.
pub async fn stock(db: &impl ConnectionTrait, item: OutreachItemId) -> Result<Stock, DbErr> {
    let many = Expr::col(movement::Column::Quantity).sum().cast_as("bigint");
    let sums: Vec<Sum> = movement::Entity::find()
        .select_only()
        .column(movement::Column::Kind)
        .column(movement::Column::Hand)
        .column_as(many, "many")
        .filter(movement::Column::ItemId.eq(item))
        .group_by(movement::Column::Kind)
        .group_by(movement::Column::Hand)
        .into_model()
        .all(db)
        .await?;
    let sums: Vec<_> = sums.into_iter().map(|sum| (sum.kind, sum.hand, sum.many)).collect();
    Ok(Stock::of(&sums))
}

pub(in crate::outreach) async fn insert_item(db: &impl ConnectionTrait, row: Item) -> Result<Item, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

pub(in crate::outreach) async fn insert_purchase(
    db: &impl ConnectionTrait,
    row: Purchase,
) -> Result<Purchase, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

pub(in crate::outreach) async fn save_purchase(
    db: &impl ConnectionTrait,
    row: Purchase,
) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

pub(in crate::outreach) async fn insert_movement(
    db: &impl ConnectionTrait,
    row: Movement,
) -> Result<(), DbErr> {
    movement::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}
