//! Row: `person_merge`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, PersonId, PersonMergeId};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum MergeState {
    /// Waits for a second person.
    Proposed,
    /// Done.
    Merged,
    /// The second person said no.
    Refused,
    /// Taken back.
    Undone,
}

/// Two records, one human being.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_merge")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonMergeId,
    /// The record that is kept.
    pub kept_id: PersonId,
    /// The record that points to it from then on.
    pub merged_id: PersonId,
    /// How far it is.
    pub state: MergeState,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// The second person.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Who took it back.
    pub undone_by: Option<AccountId>,
    /// When.
    pub undone_at: Option<DateTime<Utc>>,
}

/// Of two persons.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The record that is kept, by whose unit it is judged.
    #[sea_orm(
        belongs_to = "crate::person::entity::Entity",
        from = "Column::KeptId",
        to = "crate::person::entity::Column::Id"
    )]
    Kept,
}

impl ActiveModelBehavior for ActiveModel {}
