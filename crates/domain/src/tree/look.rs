//! Reading a tree level by level, as of a day, with the names of that day; and the history of one node.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Query,
};

use super::{
    Target, Tree, TreeEdge, TreeJoin, TreeName, TreeNode, edge, entity, joint, name,
    store::{CHUNK, dated},
};
use crate::{branch, ids::TreeNodeId, person::store as people, region::Regions};

/// One node with the name of a day, also one that has ended.
pub async fn node(
    db: &impl ConnectionTrait,
    id: TreeNodeId,
    on: NaiveDate,
) -> Result<Option<TreeNode>, DbErr> {
    let mut found: Vec<TreeNode> = entity::Entity::find_by_id(id).one(db).await?.into_iter().collect();
    called_then(db, &mut found, on).await?;
    Ok(found.pop())
}

/// What is right below a node on a day, or the roots of a tree, by name.
pub async fn children(
    db: &impl ConnectionTrait,
    tree: Tree,
    parent: Option<TreeNodeId>,
    on: NaiveDate,
) -> Result<Vec<TreeNode>, DbErr> {
    let edges = |which: Option<TreeNodeId>| {
        let mut select = Query::select();
        select
            .column(edge::Column::ChildId)
            .from(edge::Entity)
            .cond_where(dated((edge::Column::ValidFrom, edge::Column::ValidTo), on));
        if let Some(parent) = which {
            select.and_where(edge::Column::ParentId.eq(parent));
        }
        select
    };
    let place = match parent {
        Some(_) => entity::Column::Id.in_subquery(edges(parent)),
        None => entity::Column::Id.not_in_subquery(edges(None)),
    };
    let mut found = entity::Entity::find()
        .filter(entity::Column::Tree.eq(tree))
        .filter(place)
        .filter(dated((entity::Column::ValidFrom, entity::Column::ValidTo), on))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await?;
    called_then(db, &mut found, on).await?;
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// How many are right below each of these on a day.
pub async fn counts(
    db: &impl ConnectionTrait,
    nodes: &[TreeNodeId],
    on: NaiveDate,
) -> Result<HashMap<TreeNodeId, (usize, usize)>, DbErr> {
    let mut counts: HashMap<TreeNodeId, (usize, usize)> = HashMap::new();
    for some in nodes.chunks(CHUNK) {
        let edges: Vec<TreeNodeId> = edge::Entity::find()
            .select_only()
            .column(edge::Column::ParentId)
            .filter(edge::Column::ParentId.is_in(some.iter().copied()))
            .filter(dated((edge::Column::ValidFrom, edge::Column::ValidTo), on))
            .into_tuple()
            .all(db)
            .await?;
        for parent in edges {
            counts.entry(parent).or_default().0 += 1;
        }
        let joins: Vec<TreeNodeId> = joint::Entity::find()
            .select_only()
            .column(joint::Column::NodeId)
            .filter(joint::Column::NodeId.is_in(some.iter().copied()))
            .filter(dated((joint::Column::ValidFrom, joint::Column::ValidTo), on))
            .into_tuple()
            .all(db)
            .await?;
        for node in joins {
            counts.entry(node).or_default().1 += 1;
        }
    }
    Ok(counts)
}

/// What belongs to a node itself on a day.
pub async fn joins(
    db: &impl ConnectionTrait,
    node: TreeNodeId,
    on: NaiveDate,
) -> Result<Vec<TreeJoin>, DbErr> {
    joint::Entity::find()
        .filter(joint::Column::NodeId.eq(node))
        .filter(dated((joint::Column::ValidFrom, joint::Column::ValidTo), on))
        .order_by_asc(joint::Column::Id)
        .all(db)
        .await
}

/// The nodes to which something belongs on a day.
pub async fn joined_to(
    db: &impl ConnectionTrait,
    target: &Target,
    on: NaiveDate,
) -> Result<Vec<TreeNode>, DbErr> {
    let ids: Vec<TreeNodeId> = joint::Entity::find()
        .select_only()
        .column(joint::Column::NodeId)
        .filter(super::store::is(target))
        .filter(dated((joint::Column::ValidFrom, joint::Column::ValidTo), on))
        .into_tuple()
        .all(db)
        .await?;
    let mut found = entity::Entity::find().filter(entity::Column::Id.is_in(ids)).all(db).await?;
    called_then(db, &mut found, on).await?;
    Ok(found)
}

/// What something that a node is joined to is called.
pub async fn target_name(db: &impl ConnectionTrait, target: &Target, on: NaiveDate) -> Result<String, DbErr> {
    Ok(match target {
        Target::Unit(unit) => people::find_unit(db, *unit).await?.map(|unit| unit.name).unwrap_or_default(),
        Target::Branch(branch) => {
            branch::store::find(db, *branch).await?.map(|branch| branch.name).unwrap_or_default()
        }
        Target::Region(code) => match Regions::load(db).await?.full_name(code, on) {
            name if name.is_empty() => code.to_string(),
            name => name,
        },
    })
}

/// Everything that was ever so of a node: names, what it was below, what belonged to it; by day.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Names after the first.
    pub names: Vec<TreeName>,
    /// Upwards.
    pub edges: Vec<TreeEdge>,
    /// Beside the tree.
    pub joins: Vec<TreeJoin>,
}

/// The history of a node. What was ended on the day on which it began never was.
pub async fn history(db: &impl ConnectionTrait, id: TreeNodeId) -> Result<History, DbErr> {
    let mut history = History {
        names: name::Entity::find()
            .filter(name::Column::NodeId.eq(id))
            .order_by_asc(name::Column::ValidFrom)
            .order_by_asc(name::Column::Id)
            .all(db)
            .await?,
        edges: edge::Entity::find()
            .filter(edge::Column::ChildId.eq(id))
            .order_by_asc(edge::Column::ValidFrom)
            .order_by_asc(edge::Column::Id)
            .all(db)
            .await?,
        joins: joint::Entity::find()
            .filter(joint::Column::NodeId.eq(id))
            .order_by_asc(joint::Column::ValidFrom)
            .order_by_asc(joint::Column::Id)
            .all(db)
            .await?,
    };
    history.names.retain(|row| row.valid_to != Some(row.valid_from));
    history.edges.retain(|row| row.valid_to != Some(row.valid_from));
    history.joins.retain(|row| row.valid_to != Some(row.valid_from));
    Ok(history)
}

/// Gives nodes the names that they had on a day.
pub(super) async fn called_then(
    db: &impl ConnectionTrait,
    nodes: &mut [TreeNode],
    on: NaiveDate,
) -> Result<(), DbErr> {
    for some in nodes.chunks_mut(CHUNK) {
        let names: Vec<TreeName> = name::Entity::find()
            .filter(name::Column::NodeId.is_in(some.iter().map(|node| node.id)))
            .filter(dated((name::Column::ValidFrom, name::Column::ValidTo), on))
            .all(db)
            .await?;
        for row in names {
            if let Some(node) = some.iter_mut().find(|node| node.id == row.node_id) {
                node.name = row.name;
            }
        }
    }
    Ok(())
}
