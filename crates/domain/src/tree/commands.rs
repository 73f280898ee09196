//! Building the trees. The lists come from the organisation itself: an import or the installer writes them, inside a caller's transaction.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    About, NodeKind, Target, TreeEdge, TreeJoin, TreeName, TreeNode, hanging::hanging, store, write,
};
use crate::{
    Context,
    context::{Act, By},
    ids::{TreeEdgeId, TreeJoinId, TreeNameId, TreeNodeId},
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
    /// Something still hangs on it: [`hanging`](super::hanging()) says what.
    Hangs,
    /// Something of the kind is joined to it already, or is called so beside it.
    Exists,
    /// A region's code says below what it lies, and this one does not.
    Code,
    /// It is carried over at once: the day is still to come.
    NotYet,
    /// The same thing is being changed already, and waits for a second person.
    Waits,
    /// The second person must be another one than the first.
    SamePerson,
    /// It waits for nobody.
    NotWaiting,
    /// It would mean something else than what was shown.
    Otherwise,
}

impl From<TreeRefusal> for TreeError {
    fn from(refusal: TreeRefusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A node to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    let node = write::insert_node(tx, node).await?;
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
    if let Some(old) = write::open_edge(tx, child).await? {
        if on < old.valid_from {
            return Err(TreeRefusal::Day.into());
        }
        write::end_edge(tx, old, on).await?;
    }
    let edge = TreeEdge {
        id: TreeEdgeId::new(now),
        child_id: child,
        parent_id: parent,
        valid_from: on,
        valid_to: None,
    };
    write::insert_edge(tx, edge).await?;
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
    if !write::open_joins(tx, node, Some(&target)).await?.is_empty() {
        return Ok(());
    }
    let (unit_id, branch_id, region) = match target {
        Target::Unit(unit) => (Some(unit), None, None),
        Target::Branch(branch) => (None, Some(branch), None),
        Target::Region(region) => (None, None, Some(region)),
    };
    let id = TreeJoinId::new(now);
    let join = TreeJoin { id, node_id: node, unit_id, branch_id, region, valid_from: on, valid_to: None };
    write::insert_join(tx, join).await?;
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
    let joins = write::open_joins(tx, node, Some(target)).await?;
    let join = joins.into_iter().next().ok_or(TreeError::NotFound)?;
    if on < join.valid_from {
        return Err(TreeRefusal::Day.into());
    }
    write::end_join(tx, join, on).await?;
    Ok(record(tx, cx, by, "tree.node_parted", node, now).await?)
}

/// Calls a node otherwise from a day on. On the day on which it got its name it was never called so.
pub async fn rename_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (node, name, on): (TreeNodeId, &str, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), TreeError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(TreeRefusal::NoName.into());
    }
    existing(tx, node, on).await?;
    if let Some(old) = write::open_name(tx, node).await? {
        if on < old.valid_from {
            return Err(TreeRefusal::Day.into());
        }
        write::end_name(tx, old, on).await?;
    }
    let row = TreeName {
        id: TreeNameId::new(now),
        node_id: node,
        name: name.to_owned(),
        valid_from: on,
        valid_to: None,
    };
    write::insert_name(tx, row).await?;
    Ok(record(tx, cx, by, "tree.node_renamed", node, now).await?)
}

/// Ends a node on which nothing hangs: nothing below it, nothing joined to it, no grant over it.
pub async fn close_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (node, on): (TreeNodeId, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), TreeError> {
    let row = existing(tx, node, on).await?;
    if !hanging(tx, &About::Node(node), (on, now)).await?.is_empty()
        || !write::open_joins(tx, node, None).await?.is_empty()
    {
        return Err(TreeRefusal::Hangs.into());
    }
    if let Some(edge) = write::open_edge(tx, node).await? {
        if on < edge.valid_from {
            return Err(TreeRefusal::Day.into());
        }
        write::end_edge(tx, edge, on).await?;
    }
    write::end_node(tx, row, on).await?;
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
