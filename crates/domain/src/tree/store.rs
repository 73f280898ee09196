//! Every query on trees, as of a day.

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, sea_query::Query,
};

use super::{
    ChangeState, Target, Tree, TreeChange, TreeNode, edge, entity, joint, look::called_then, name, waiting,
};
use crate::ids::{BranchId, RegionCode, TreeChangeId, TreeNodeId, UnitId};

/// Ids per statement.
pub(super) const CHUNK: usize = 500;

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
    let mut found = entity::Entity::find()
        .filter(entity::Column::Tree.eq(tree))
        .filter(dated((entity::Column::ValidFrom, entity::Column::ValidTo), on))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await?;
    called_then(db, &mut found, on).await?;
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// The nodes that are called so on a day, of any tree.
pub async fn called(db: &impl ConnectionTrait, name: &str, on: NaiveDate) -> Result<Vec<TreeNode>, DbErr> {
    let name = name.trim();
    let renamed = Query::select()
        .column(name::Column::NodeId)
        .from(name::Entity)
        .and_where(name::Column::Name.eq(name))
        .take();
    let either =
        Condition::any().add(entity::Column::Name.eq(name)).add(entity::Column::Id.in_subquery(renamed));
    let mut found = entity::Entity::find()
        .filter(either)
        .filter(dated((entity::Column::ValidFrom, entity::Column::ValidTo), on))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await?;
    called_then(db, &mut found, on).await?;
    found.retain(|node| node.name == name);
    Ok(found)
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

pub(super) fn is(target: &Target) -> Condition {
    let one = Condition::all();
    match target {
        Target::Unit(unit) => one.add(joint::Column::UnitId.eq(*unit)),
        Target::Branch(branch) => one.add(joint::Column::BranchId.eq(*branch)),
        Target::Region(region) => one.add(joint::Column::Region.eq(region.as_str())),
    }
}

pub(super) fn dated<C: ColumnTrait>((from, to): (C, C), on: NaiveDate) -> Condition {
    Condition::all().add(from.lte(on)).add(Condition::any().add(to.is_null()).add(to.gt(on)))
}

/// One change that waits for a second person, or waited.
pub async fn find_change(db: &impl ConnectionTrait, id: TreeChangeId) -> Result<Option<TreeChange>, DbErr> {
    waiting::Entity::find_by_id(id).one(db).await
}

/// The changes that wait, oldest first.
pub async fn asked(db: &impl ConnectionTrait) -> Result<Vec<TreeChange>, DbErr> {
    waiting::Entity::find()
        .filter(waiting::Column::State.eq(ChangeState::Asked))
        .order_by_asc(waiting::Column::Id)
        .all(db)
        .await
}

/// The change of something that waits.
pub async fn asked_about(db: &impl ConnectionTrait, about: &str) -> Result<Option<TreeChange>, DbErr> {
    waiting::Entity::find()
        .filter(waiting::Column::About.eq(about))
        .filter(waiting::Column::State.eq(ChangeState::Asked))
        .one(db)
        .await
}
