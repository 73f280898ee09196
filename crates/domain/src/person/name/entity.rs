//! Row: `person_name`.

use std::fmt;

use sea_orm::entity::prelude::*;

use crate::ids::{PersonId, PersonNameId, UnitId};

/// A name in one of its readings.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_name")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonNameId,
    /// Whose.
    pub person_id: PersonId,
    /// Who manages the person, as `person.unit_id` says.
    pub unit_id: UnitId,
    /// The name.
    pub name: String,
    /// In use, or 曾用名.
    pub used: bool,
    /// 0: the usual reading, by which lists are sorted.
    pub reading: i16,
    /// `wang hong`: syllables with spaces, `v` for ü.
    pub sound: String,
    /// `wanghong`, `u` for ü, as people type it.
    pub joined: String,
    /// `wh`.
    pub initials: String,
}

/// A person has names.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Whose.
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
        f.debug_struct("PersonName").field("person", &self.person_id).finish_non_exhaustive()
    }
}
