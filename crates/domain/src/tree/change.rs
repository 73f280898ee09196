//! Everything that can be done to a tree, as a value: shown before it is done, kept while a second person is asked, then carried out.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use super::{
    Target, TreeError,
    commands::{self, NewNode},
};
use crate::{
    Context,
    context::By,
    ids::{RegionCode, TreeNodeId},
    region,
};

/// A node of one of the four trees.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// Of the organisation, the party or the corps.
    Node(TreeNodeId),
    /// A region.
    Region(RegionCode),
}

impl std::fmt::Display for About {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Node(node) => write!(f, "node/{node}"),
            Self::Region(code) => write!(f, "region/{code}"),
        }
    }
}

/// A change of a tree, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Change {
    /// A new node.
    Found(NewNode),
    /// Another name.
    Rename {
        /// Of which node.
        node: TreeNodeId,
        /// The name.
        name: String,
        /// From this day on.
        on: NaiveDate,
    },
    /// Below another node.
    Move {
        /// Which node, with everything below it.
        node: TreeNodeId,
        /// Below which.
        parent: TreeNodeId,
        /// From this day on.
        on: NaiveDate,
    },
    /// A unit, a branch or a region belongs to a node.
    Join {
        /// Which node.
        node: TreeNodeId,
        /// What belongs to it.
        target: Target,
        /// From this day on.
        on: NaiveDate,
    },
    /// It belongs to it no longer.
    Part {
        /// Which node.
        node: TreeNodeId,
        /// What belonged to it.
        target: Target,
        /// From this day on.
        on: NaiveDate,
    },
    /// The node is no more.
    Close {
        /// Which node.
        node: TreeNodeId,
        /// From this day on.
        on: NaiveDate,
    },
    /// A new region.
    FoundRegion {
        /// Its code, which says below what.
        code: RegionCode,
        /// Its name.
        name: String,
        /// From this day on.
        on: NaiveDate,
    },
    /// A region is called otherwise.
    RenameRegion {
        /// Which.
        code: RegionCode,
        /// The name.
        name: String,
        /// From this day on.
        on: NaiveDate,
    },
    /// A region lies elsewhere, which is to have another code.
    MoveRegion {
        /// Which.
        code: RegionCode,
        /// Its new code, which says below what.
        to: RegionCode,
        /// From this day on.
        on: NaiveDate,
    },
    /// A region is no more.
    CloseRegion {
        /// Which.
        code: RegionCode,
        /// From this day on.
        on: NaiveDate,
    },
}

impl Change {
    /// What it is about; of a new node what it comes below, if anything.
    pub fn about(&self) -> Option<About> {
        match self {
            Self::Found(new) => new.parent.map(About::Node),
            Self::Rename { node, .. }
            | Self::Move { node, .. }
            | Self::Join { node, .. }
            | Self::Part { node, .. }
            | Self::Close { node, .. } => Some(About::Node(*node)),
            Self::FoundRegion { code, .. }
            | Self::RenameRegion { code, .. }
            | Self::MoveRegion { code, .. }
            | Self::CloseRegion { code, .. } => Some(About::Region(code.clone())),
        }
    }

    /// From which day on.
    pub fn on(&self) -> NaiveDate {
        match self {
            Self::Found(new) => new.from,
            Self::Rename { on, .. }
            | Self::Move { on, .. }
            | Self::Join { on, .. }
            | Self::Part { on, .. }
            | Self::Close { on, .. }
            | Self::FoundRegion { on, .. }
            | Self::RenameRegion { on, .. }
            | Self::MoveRegion { on, .. }
            | Self::CloseRegion { on, .. } => *on,
        }
    }

    /// Can anybody come into a grant's reach by it, or leave it?
    pub const fn shifts(&self) -> bool {
        matches!(self, Self::Move { .. } | Self::Join { .. } | Self::Part { .. } | Self::MoveRegion { .. })
    }
}

/// Carries it out inside a caller's transaction. Says what it is about now.
pub(super) async fn apply_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    change: &Change,
    now: DateTime<Utc>,
) -> Result<About, TreeError> {
    match change {
        Change::Found(new) => {
            return Ok(About::Node(commands::found_in(tx, cx, by, new.clone(), now).await?.id));
        }
        Change::Rename { node, name, on } => commands::rename_in(tx, cx, by, (*node, name, *on), now).await?,
        Change::Move { node, parent, on } => {
            commands::put_under_in(tx, cx, by, (*node, *parent, *on), now).await?;
        }
        Change::Join { node, target, on } => {
            commands::join_in(tx, cx, by, (*node, target.clone(), *on), now).await?;
        }
        Change::Part { node, target, on } => {
            commands::part_in(tx, cx, by, (*node, target, *on), now).await?;
        }
        Change::Close { node, on } => commands::close_in(tx, cx, by, (*node, *on), now).await?,
        Change::FoundRegion { code, name, on } => {
            region::commands::found_in(tx, cx, by, (code, name, *on), now).await?;
        }
        Change::RenameRegion { code, name, on } => {
            region::commands::rename_in(tx, cx, by, (code, name, *on), now).await?;
        }
        Change::MoveRegion { code, to, on } => {
            region::commands::move_in(tx, cx, by, (code, to, *on), now).await?;
            return Ok(About::Region(to.clone()));
        }
        Change::CloseRegion { code, on } => {
            region::commands::close_in(tx, cx, by, (code, *on), now).await?;
        }
    }
    change.about().ok_or(TreeError::NotFound)
}
