//! Row: `tree_node`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::{NodeKind, Tree};
use crate::ids::TreeNodeId;

/// A node of one of the trees.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tree_node")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TreeNodeId,
    /// Of which tree.
    pub tree: Tree,
    /// What it is.
    pub kind: NodeKind,
    /// Its name.
    pub name: String,
    /// Since when.
    pub valid_from: NaiveDate,
    /// Until when (exclusive).
    pub valid_to: Option<NaiveDate>,
}

/// None: edges and joins point here.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Does it exist on that day?
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }
}
