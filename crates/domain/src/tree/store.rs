//! Every query on trees, as of a day.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder,
};

use super::{Target, Tree, TreeEdge, TreeJoin, TreeNode, edge, entity, joint};
use crate::ids::{BranchId, RegionCode, TreeNodeId, UnitId};

/// Ids per statement.
const CHUNK: usize = 500;

/// What a node reaches on a day, with everything below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Managing units.
    pub units: Vec<UnitId>,
    /// Party branches.
    pub branches: Vec<BranchId>,
    /// Regions.
    pub regions: Vec<RegionCode>,
}

/// One node, also one that has ended.
pub async fn find(db: &impl ConnectionTrait, id: TreeNodeId) -> Result<Option<TreeNode>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// The nodes of a tree that exist on a day, by name.
pub async fn nodes(db: &impl ConnectionTrait, tree: Tree, on: NaiveDate) -> Result<Vec<TreeNode>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::Tree.eq(tree))
        .filter(dated((entity::Column::ValidFrom, entity::Column::ValidTo), on))
        .order_by_asc(entity::Column::Name)
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// The nodes that are called so on a day, of any tree.
pub async fn called(db: &impl ConnectionTrait, name: &str, on: NaiveDate) -> Result<Vec<TreeNode>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::Name.eq(name.trim()))
        .filter(dated((entity::Column::ValidFrom, entity::Column::ValidTo), on))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// What is right above a node on a day.
pub async fn parent(
    db: &impl ConnectionTrait,
    node: TreeNodeId,
    on: NaiveDate,
) -> Result<Option<TreeNodeId>, DbErr> {
    let edge = edge::Entity::find()
        .filter(edge::Column::ChildId.eq(node))
        .filter(dated((edge::Column::ValidFrom, edge::Column::ValidTo), on))
        .one(db)
        .await?;
    Ok(edge.map(|edge| edge.parent_id))
}

/// From the root down to the node, as it stood on a day.
pub async fn path(
    db: &impl ConnectionTrait,
    node: TreeNodeId,
    on: NaiveDate,
) -> Result<Vec<TreeNodeId>, DbErr> {
    let mut path = vec![node];
    while let Some(above) = parent(db, *path.last().unwrap_or(&node), on).await? {
        if path.contains(&above) {
            break;
        }
        path.push(above);
    }
    path.reverse();
    Ok(path)
}

/// Everything that is above a node on a day or at any time after it, the node itself included: nothing of it may come below the node.
pub(super) async fn ever_above(
    db: &impl ConnectionTrait,
    node: TreeNodeId,
    on: NaiveDate,
) -> Result<Vec<TreeNodeId>, DbErr> {
    let (mut all, mut level) = (Vec::new(), vec![node]);
    while !level.is_empty() {
        all.extend(&level);
        let edges = edge::Entity::find()
            .filter(edge::Column::ChildId.is_in(level.iter().copied()))
            .filter(Condition::any().add(edge::Column::ValidTo.is_null()).add(edge::Column::ValidTo.gt(on)))
            .all(db)
            .await?;
        level = edges.into_iter().map(|edge| edge.parent_id).filter(|above| !all.contains(above)).collect();
    }
    Ok(all)
}

/// The node and everything below it on a day, level by level. Nothing below a node that does not exist then.
pub async fn subtree(
    db: &impl ConnectionTrait,
    node: TreeNodeId,
    on: NaiveDate,
) -> Result<Vec<TreeNodeId>, DbErr> {
    let mut all: Vec<TreeNodeId> = Vec::new();
    let mut level = existing(db, &[node], on).await?;
    while !level.is_empty() {
        all.extend(&level);
        let mut below = Vec::new();
        for some in level.chunks(CHUNK) {
            let edges = edge::Entity::find()
                .filter(edge::Column::ParentId.is_in(some.iter().copied()))
                .filter(dated((edge::Column::ValidFrom, edge::Column::ValidTo), on))
                .all(db)
                .await?;
            below.extend(edges.into_iter().map(|edge| edge.child_id));
        }
        level = existing(db, &below, on).await?;
        level.retain(|node| !all.contains(node));
    }
    Ok(all)
}

async fn existing(
    db: &impl ConnectionTrait,
    ids: &[TreeNodeId],
    on: NaiveDate,
) -> Result<Vec<TreeNodeId>, DbErr> {
    let mut found = Vec::new();
    for some in ids.chunks(CHUNK) {
        let rows = entity::Entity::find()
            .filter(entity::Column::Id.is_in(some.iter().copied()))
            .filter(dated((entity::Column::ValidFrom, entity::Column::ValidTo), on))
            .order_by_asc(entity::Column::Id)
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(|node| node.id));
    }
    Ok(found)
}

/// What a node and everything below it is joined to on a day.
pub async fn reach(db: &impl ConnectionTrait, node: TreeNodeId, on: NaiveDate) -> Result<Reach, DbErr> {
    let mut reach = Reach::default();
    for some in subtree(db, node, on).await?.chunks(CHUNK) {
        let rows = joint::Entity::find()
            .filter(joint::Column::NodeId.is_in(some.iter().copied()))
            .filter(dated((joint::Column::ValidFrom, joint::Column::ValidTo), on))
            .order_by_asc(joint::Column::Id)
            .all(db)
            .await?;
        for row in rows {
            reach.units.extend(row.unit_id.filter(|unit| !reach.units.contains(unit)));
            reach.branches.extend(row.branch_id.filter(|branch| !reach.branches.contains(branch)));
            reach.regions.extend(row.region.filter(|region| !reach.regions.contains(region)));
        }
    }
    Ok(reach)
}

/// The nodes that something is joined to on a day, each with everything above it: by which nodes it is reached.
pub async fn reaching(
    db: &impl ConnectionTrait,
    target: &Target,
    on: NaiveDate,
) -> Result<Vec<TreeNodeId>, DbErr> {
    let rows = joint::Entity::find()
        .filter(is(target))
        .filter(dated((joint::Column::ValidFrom, joint::Column::ValidTo), on))
        .order_by_asc(joint::Column::Id)
        .all(db)
        .await?;
    let mut all = Vec::new();
    for row in rows {
        for node in path(db, row.node_id, on).await? {
            if !all.contains(&node) {
                all.push(node);
            }
        }
    }
    existing(db, &all, on).await
}

fn is(target: &Target) -> Condition {
    let one = Condition::all();
    match target {
        Target::Unit(unit) => one.add(joint::Column::UnitId.eq(*unit)),
        Target::Branch(branch) => one.add(joint::Column::BranchId.eq(*branch)),
        Target::Region(region) => one.add(joint::Column::Region.eq(region.as_str())),
    }
}

fn dated<C: ColumnTrait>((from, to): (C, C), on: NaiveDate) -> Condition {
    Condition::all().add(from.lte(on)).add(Condition::any().add(to.is_null()).add(to.gt(on)))
}

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
