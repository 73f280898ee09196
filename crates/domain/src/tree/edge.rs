//! Row: `tree_edge`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::ids::{TreeEdgeId, TreeNodeId};

/// One node is below another for a while.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tree_edge")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TreeEdgeId,
    /// The lower one.
    pub child_id: TreeNodeId,
    /// The upper one.
    pub parent_id: TreeNodeId,
    /// Since when.
    pub valid_from: NaiveDate,
    /// Until when (exclusive).
    pub valid_to: Option<NaiveDate>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
