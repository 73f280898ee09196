//! Row: `tree_change`: a change that waits for a second person, or waited.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use super::Change;
use crate::ids::{AccountId, TreeChangeId};

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ChangeState {
    /// It waits.
    Asked,
    /// A second person agreed, and it was carried out.
    Done,
    /// Somebody said no, or took it back.
    Refused,
}

/// A change that needs two.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tree_change")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TreeChangeId,
    /// Of what: `node/<id>` or `region/<code>`.
    pub about: String,
    /// What, as [`Change`] is written.
    pub what: String,
    /// Where it stands.
    pub state: ChangeState,
    /// Who asks.
    pub asked_by: AccountId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// The second person, or who took it back.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What is asked. `None`: a newer program wrote it.
    pub fn change(&self) -> Option<Change> {
        serde_json::from_str(&self.what).ok()
    }
}
