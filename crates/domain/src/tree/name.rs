//! Row: `tree_name`. A node keeps the name with which it was founded until a row says another.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::ids::{TreeNameId, TreeNodeId};

/// A node is called so for a while.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tree_name")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TreeNameId,
    /// The node.
    pub node_id: TreeNodeId,
    /// Its name.
    pub name: String,
    /// Since when.
    pub valid_from: NaiveDate,
    /// Until when (exclusive).
    pub valid_to: Option<NaiveDate>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
