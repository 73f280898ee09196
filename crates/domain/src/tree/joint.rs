//! Row: `tree_join`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::ids::{BranchId, RegionCode, TreeJoinId, TreeNodeId, UnitId};

/// A node and something outside the tree belong together for a while.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tree_join")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TreeJoinId,
    /// The node.
    pub node_id: TreeNodeId,
    /// A managing unit that stands at this node.
    pub unit_id: Option<UnitId>,
    /// A party branch below it.
    pub branch_id: Option<BranchId>,
    /// A region in which it works.
    pub region: Option<RegionCode>,
    /// Since when.
    pub valid_from: NaiveDate,
    /// Until when (exclusive).
    pub valid_to: Option<NaiveDate>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// With what a node is joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A managing unit.
    Unit(UnitId),
    /// A party branch.
    Branch(BranchId),
    /// A region.
    Region(RegionCode),
}
