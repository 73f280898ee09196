//! Row: `intake`.

use chrono::{DateTime, Utc};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{Counts, Field, Mode, Repeated, Status};
use crate::{
    authority::Place,
    ids::{AccountId, IntakeId, RegionCode, UnitId},
};

/// A file that was sent, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IntakeId,
    /// Where it stands.
    pub status: Status,
    /// Where it may write: this region …
    pub region: RegionCode,
    /// … and in it only this unit.
    pub unit_id: Option<UnitId>,
    /// Both as one text, for the rule that a file comes once.
    pub place: String,
    /// Who sent it.
    pub sent_by: AccountId,
    /// The file's name.
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_hash: String,
    /// What to do with people who are there.
    pub repeated: Repeated,
    /// What to do when a row cannot be written; chosen after the check.
    pub mode: Option<Mode>,
    /// Which column is which.
    pub layout: Layout,
    /// The last row of the file that the present step has handled.
    pub position: i32,
    /// How many people stand in the file.
    pub rows: i32,
    /// How many of them the present step has handled.
    pub done: i32,
    /// How many of which kind.
    pub counts: Counts,
    /// Who said what shall be done.
    pub submitted_by: Option<AccountId>,
    /// The second person.
    pub decided_by: Option<AccountId>,
    /// The row at which an import of all or nothing stopped.
    pub stopped_at: Option<i32>,
    /// Which server works on it.
    pub lease_owner: Option<String>,
    /// Until when nobody else may.
    pub leased_until: Option<DateTime<Utc>>,
    /// When it was over.
    pub finished_at: Option<DateTime<Utc>>,
    /// When the rows of the file were erased.
    pub erased_at: Option<DateTime<Utc>>,
    /// When the file came.
    pub created_at: DateTime<Utc>,
    /// When something happened last.
    pub updated_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Which column is which.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Layout {
    /// The header's row in the file.
    pub header: u32,
    /// Columns that are read: where (from 0), which.
    pub known: Vec<(u32, Field)>,
    /// Names of columns that are not.
    pub unknown: Vec<String>,
    /// The version of the template from which the file was made.
    pub template: Option<String>,
}

impl Model {
    /// Where it writes, for permission.
    pub fn at(&self) -> Place {
        Place { region: self.region.clone(), unit: self.unit_id, branch: None, person: None }
    }

    /// Until when it can be taken back.
    pub fn undo_until(&self) -> Option<DateTime<Utc>> {
        (self.status == Status::Done).then_some(())?;
        Some(self.finished_at? + super::commands::UNDO)
    }
}
