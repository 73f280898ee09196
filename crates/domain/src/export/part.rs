//! Row: `person_export_part`. Written once.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{ExportId, PersonId};

/// Some of the people who were in a file, by id.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_export_part")]
pub(crate) struct Model {
    /// In which export.
    #[sea_orm(primary_key, auto_increment = false)]
    pub export_id: ExportId,
    /// Which of its files: each is counted as it is taken.
    #[sea_orm(primary_key, auto_increment = false)]
    pub take: i32,
    /// Which part of the list, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub nth: i32,
    /// The lowest id in it …
    pub first_id: PersonId,
    /// … and the highest.
    pub last_id: PersonId,
    /// All of them in order, sixteen bytes each.
    pub members: Vec<u8>,
    /// When the file was taken.
    pub taken_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
