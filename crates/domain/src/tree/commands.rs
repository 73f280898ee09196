//! Building the trees. The lists come from the organisation itself: an import or the installer writes them, inside a caller's transaction.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::json;

use super::{NodeKind, Target, TreeEdge, TreeJoin, TreeNode, store};
use crate::{
    Context,
    context::{Act, By},
    ids::{TreeEdgeId, TreeJoinId, TreeNodeId},
};

/// Why a tree does not change.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// No such node on that day.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(TreeRefusal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TreeRefusal {
    /// The two stand in different trees.
    OtherTree,
    /// A node would stand below itself.
    Circle,
    /// The day lies before what is so already began.
    Day,
    /// A node has a name.
    NoName,
    /// It still has something below it.
    NotEmpty,
}

impl From<TreeRefusal> for TreeError {
    fn from(refusal: TreeRefusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A node to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNode {
    /// What it is; says in which tree.
    pub kind: NodeKind,
    /// Its name.
    pub name: String,
    /// Below what; `None` for a root.
    pub parent: Option<TreeNodeId>,
    /// Since when.
    pub from: NaiveDate,
}

/// Founds a node.
pub async fn found_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    new: NewNode,
    now: DateTime<Utc>,
) -> Result<TreeNode, TreeError> {
    if new.name.trim().is_empty() {
        return Err(TreeRefusal::NoName.into());
    }
    let node = TreeNode {
        id: TreeNodeId::new(now),
        tree: new.kind.tree(),
        kind: new.kind,
        name: new.name.trim().to_owned(),
        valid_from: new.from,
        valid_to: None,
    };
    let node = store::insert_node(tx, node).await?;
    record(tx, cx, by, "tree.node_founded", node.id, now).await?;
    if let Some(parent) = new.parent {
        put_under_in(tx, cx, by, (node.id, parent, new.from), now).await?;
    }
    Ok(node)
}

/// Puts a node below another from a day on; what it was below until then ends there.
pub async fn put_under_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (child, parent, on): (TreeNodeId, TreeNodeId, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), TreeError> {
    let (lower, upper) = (existing(tx, child, on).await?, existing(tx, parent, on).await?);
    if lower.tree != upper.tree {
        return Err(TreeRefusal::OtherTree.into());
    }
    if store::ever_above(tx, parent, on).await?.contains(&child) {
        return Err(TreeRefusal::Circle.into());
    }
    if let Some(old) = store::open_edge(tx, child).await? {
        if on < old.valid_from {
            return Err(TreeRefusal::Day.into());
        }
        store::end_edge(tx, old, on).await?;
    }
    let edge = TreeEdge {
        id: TreeEdgeId::new(now),
        child_id: child,
        parent_id: parent,
        valid_from: on,
        valid_to: None,
    };
    store::insert_edge(tx, edge).await?;
    Ok(record(tx, cx, by, "tree.node_moved", child, now).await?)
}

/// Joins a node with a unit, a branch or a region from a day on. Joined already is no error.
pub async fn join_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (node, target, on): (TreeNodeId, Target, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), TreeError> {
    existing(tx, node, on).await?;
    if !store::open_joins(tx, node, Some(&target)).await?.is_empty() {
        return Ok(());
    }
    let (unit_id, branch_id, region) = match target {
        Target::Unit(unit) => (Some(unit), None, None),
        Target::Branch(branch) => (None, Some(branch), None),
        Target::Region(region) => (None, None, Some(region)),
    };
    let id = TreeJoinId::new(now);
    let join = TreeJoin { id, node_id: node, unit_id, branch_id, region, valid_from: on, valid_to: None };
    store::insert_join(tx, join).await?;
    Ok(record(tx, cx, by, "tree.node_joined", node, now).await?)
}

/// Parts them from a day on.
pub async fn part_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (node, target, on): (TreeNodeId, &Target, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), TreeError> {
    let joins = store::open_joins(tx, node, Some(target)).await?;
    let join = joins.into_iter().next().ok_or(TreeError::NotFound)?;
    if on < join.valid_from {
        return Err(TreeRefusal::Day.into());
    }
    store::end_join(tx, join, on).await?;
    Ok(record(tx, cx, by, "tree.node_parted", node, now).await?)
}

/// Ends a node that has nothing below it, with its edge and its joins.
pub async fn close_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (node, on): (TreeNodeId, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), TreeError> {
    let row = existing(tx, node, on).await?;
    if store::subtree(tx, node, on).await?.len() > 1 {
        return Err(TreeRefusal::NotEmpty.into());
    }
    let (edge, joins) = (store::open_edge(tx, node).await?, store::open_joins(tx, node, None).await?);
    let begun = edge.iter().map(|edge| edge.valid_from).chain(joins.iter().map(|join| join.valid_from));
    if begun.max().is_some_and(|begun| on < begun) {
        return Err(TreeRefusal::Day.into());
    }
    if let Some(edge) = edge {
        store::end_edge(tx, edge, on).await?;
    }
    for join in joins {
        store::end_join(tx, join, on).await?;
    }
    store::end_node(tx, row, on).await?;
    Ok(record(tx, cx, by, "tree.node_closed", node, now).await?)
}

async fn existing(tx: &DatabaseTransaction, id: TreeNodeId, on: NaiveDate) -> Result<TreeNode, TreeError> {
    let found = store::find(tx, id).await?.filter(|node| node.exists_on(on));
    found.ok_or(TreeError::NotFound)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    action: &'static str,
    node: TreeNodeId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    cx.record(tx, Act { by, action, subject: format!("tree/{node}"), detail: json!({}) }, now).await
}
