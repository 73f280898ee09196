//! Row: `tree_join`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

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

impl Model {
    /// With what. (The table has exactly one of the three.)
    pub fn target(&self) -> Target {
        match (self.unit_id, self.branch_id, &self.region) {
            (Some(unit), ..) => Target::Unit(unit),
            (_, Some(branch), _) => Target::Branch(branch),
            (_, _, Some(region)) => Target::Region(region.clone()),
            _ => Target::Unit(UnitId::from_uuid(Uuid::nil())),
        }
    }
}

/// With what a node is joined. In addresses and rows `unit:<id>`, `branch:<id>`, `region:<code>`, as scopes are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A managing unit.
    Unit(UnitId),
    /// A party branch.
    Branch(BranchId),
    /// A region.
    Region(RegionCode),
}
