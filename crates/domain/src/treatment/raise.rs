//! Row: `treatment_raise`. Written once.

use sea_orm::entity::prelude::*;

use crate::{
    ids::{PersonId, TreatmentFloorId},
    person::fact::Level,
};

/// Whom a floor raised.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "treatment_raise")]
pub struct Model {
    /// The floor.
    #[sea_orm(primary_key, auto_increment = false)]
    pub floor_id: TreatmentFloorId,
    /// Whom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// From what; `None` when nothing was written before.
    pub before: Option<Level>,
    /// To what.
    pub after: Level,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
