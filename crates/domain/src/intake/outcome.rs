//! Row: `intake_outcome`.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{Effect, Verdict, Wrong};
use crate::{
    ids::{IntakeId, MembershipId, PersonId},
    privacy::{self, Blind, Sealed},
};

/// What would become of a row, and what did.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_outcome")]
pub struct Model {
    /// Of which import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub intake_id: IntakeId,
    /// Of which row of the file.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row: i32,
    /// What would become of it.
    pub verdict: Verdict,
    /// What did.
    pub effect: Effect,
    /// What is wrong with it.
    pub mistakes: Mistakes,
    /// Blind index of the identity number, for the same person further down.
    pub identity_index: Option<Blind>,
    /// Blind index of name, birth and unit.
    pub same_index: Option<Blind>,
    /// The person who was found or written.
    pub person_id: Option<PersonId>,
    /// The membership that was written.
    pub membership_id: Option<MembershipId>,
    /// What stood in the person's row before, sealed.
    pub before: Option<Sealed>,
    /// The version that was written.
    pub version: i64,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where [`Model::before`] stands; `row` is the row's id as text.
pub(super) fn before(row: &str) -> privacy::Cell<'_> {
    privacy::Cell { table: "intake_outcome", column: "before", row }
}

/// What is wrong with a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Mistakes(pub Vec<Wrong>);
