//! Writing rows of trees.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter,
};

use super::{
    ChangeState, Target, TreeChange, TreeEdge, TreeJoin, TreeName, TreeNode, edge, entity, joint, name,
    store::is, waiting,
};
use crate::ids::{AccountId, RegionCode, TreeChangeId, TreeJoinId, TreeNodeId};

pub(super) async fn insert_node(db: &impl ConnectionTrait, node: TreeNode) -> Result<TreeNode, DbErr> {
    node.into_active_model().reset_all().insert(db).await
}

pub(super) async fn insert_edge(db: &impl ConnectionTrait, edge: TreeEdge) -> Result<TreeEdge, DbErr> {
    edge.into_active_model().reset_all().insert(db).await
}

pub(super) async fn insert_join(db: &impl ConnectionTrait, join: TreeJoin) -> Result<TreeJoin, DbErr> {
    join.into_active_model().reset_all().insert(db).await
}

/// The edge upwards that has no end.
pub(super) async fn open_edge(
    db: &impl ConnectionTrait,
    child: TreeNodeId,
) -> Result<Option<TreeEdge>, DbErr> {
    edge::Entity::find()
        .filter(edge::Column::ChildId.eq(child))
        .filter(edge::Column::ValidTo.is_null())
        .one(db)
        .await
}

pub(super) async fn end_edge(db: &impl ConnectionTrait, edge: TreeEdge, on: NaiveDate) -> Result<(), DbErr> {
    edge::ActiveModel { valid_to: Set(Some(on)), ..edge.into() }.update(db).await.map(drop)
}

/// The joins of a node without end, with this or with anything.
pub(super) async fn open_joins(
    db: &impl ConnectionTrait,
    node: TreeNodeId,
    target: Option<&Target>,
) -> Result<Vec<TreeJoin>, DbErr> {
    joint::Entity::find()
        .filter(joint::Column::NodeId.eq(node))
        .filter(joint::Column::ValidTo.is_null())
        .filter(target.map_or_else(Condition::all, is))
        .all(db)
        .await
}

pub(super) async fn end_join(db: &impl ConnectionTrait, join: TreeJoin, on: NaiveDate) -> Result<(), DbErr> {
    joint::ActiveModel { valid_to: Set(Some(on)), ..join.into() }.update(db).await.map(drop)
}

pub(super) async fn end_node(db: &impl ConnectionTrait, node: TreeNode, on: NaiveDate) -> Result<(), DbErr> {
    entity::ActiveModel { valid_to: Set(Some(on)), ..node.into() }.update(db).await.map(drop)
}

pub(super) async fn insert_name(db: &impl ConnectionTrait, row: TreeName) -> Result<TreeName, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// The name without an end, if a row says one.
pub(super) async fn open_name(
    db: &impl ConnectionTrait,
    node: TreeNodeId,
) -> Result<Option<TreeName>, DbErr> {
    name::Entity::find()
        .filter(name::Column::NodeId.eq(node))
        .filter(name::Column::ValidTo.is_null())
        .one(db)
        .await
}

pub(super) async fn end_name(db: &impl ConnectionTrait, row: TreeName, on: NaiveDate) -> Result<(), DbErr> {
    name::ActiveModel { valid_to: Set(Some(on)), ..row.into() }.update(db).await.map(drop)
}

pub(super) async fn insert_change(db: &impl ConnectionTrait, row: TreeChange) -> Result<TreeChange, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Decides a change that waits. `false`: somebody did.
pub(super) async fn decide(
    db: &impl ConnectionTrait,
    id: TreeChangeId,
    (state, by): (ChangeState, &AccountId),
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = waiting::ActiveModel {
        state: Set(state),
        decided_by: Set(Some(by.clone())),
        decided_at: Set(Some(now)),
        ..Default::default()
    };
    let done = waiting::Entity::update_many()
        .set(change)
        .filter(waiting::Column::Id.eq(id))
        .filter(waiting::Column::State.eq(ChangeState::Asked))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Regions that got another code: what is joined to the old one is joined to the new one from a day on.
pub(crate) async fn recode_joins(
    db: &impl ConnectionTrait,
    (old, new): (&RegionCode, &RegionCode),
    (on, now): (NaiveDate, DateTime<Utc>),
) -> Result<(), DbErr> {
    let rows = joint::Entity::find()
        .filter(joint::Column::Region.eq(old.as_str()))
        .filter(joint::Column::ValidTo.is_null())
        .all(db)
        .await?;
    for row in rows {
        let from = row.valid_from.max(on);
        let next =
            TreeJoin { id: TreeJoinId::new(now), region: Some(new.clone()), valid_from: from, ..row.clone() };
        end_join(db, row, from).await?;
        insert_join(db, next).await?;
    }
    Ok(())
}
