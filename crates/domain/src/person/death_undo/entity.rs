//! Row: `death_undo`.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::{
    ids::{AccountId, DeathUndoId, PersonId},
    person::change::ChangeState,
};

/// A request.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "death_undo")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeathUndoId,
    /// Who has not died.
    pub person_id: PersonId,
    /// The day that was recorded.
    pub died_on: NaiveDate,
    /// How the mistake came about.
    pub reason: String,
    /// The document.
    pub evidence: String,
    /// How far it is.
    pub state: ChangeState,
    /// Who asked.
    pub asked_by: AccountId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// The second person.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why not.
    pub answer: Option<String>,
}

/// About a person.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// About whom.
    #[sea_orm(
        belongs_to = "crate::person::entity::Entity",
        from = "Column::PersonId",
        to = "crate::person::entity::Column::Id"
    )]
    Person,
}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeathUndo").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}
