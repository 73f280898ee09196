//! Row: `person_change`.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use super::Field;
use crate::{
    ids::{AccountId, IntakeId, PersonChangeId, PersonId},
    privacy::{Cell, Sealed},
};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ChangeState {
    /// Waits for a second person.
    Asked,
    /// Done.
    Agreed,
    /// The second person said no.
    Refused,
    /// Who asked took it back.
    Withdrawn,
}

impl ChangeState {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Asked => "待审核",
            Self::Agreed => "已同意",
            Self::Refused => "不同意",
            Self::Withdrawn => "已撤回",
        }
    }
}

/// A request.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_change")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonChangeId,
    /// About whom.
    pub person_id: PersonId,
    /// Code of a [`Field`].
    pub field: String,
    /// What it was when it was asked for, sealed.
    pub before: Option<Sealed>,
    /// What it is to become, sealed.
    pub after: Sealed,
    /// Since when it holds.
    pub effective_on: NaiveDate,
    /// The document.
    pub evidence: String,
    /// The import that asks, if one does.
    pub intake_id: Option<IntakeId>,
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
    pub reason: Option<String>,
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
        f.debug_struct("PersonChange")
            .field("id", &self.id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl Model {
    /// The field.
    pub fn what(&self) -> Option<Field> {
        Field::parse(&self.field)
    }

    pub(super) fn cell<'a>(column: &'a str, row: &'a str) -> Cell<'a> {
        Cell { table: "person_change", column, row }
    }
}
