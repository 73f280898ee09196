//! Row: `person_export`.

use chrono::{DateTime, Utc};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{Purpose, Status};
use crate::{
    authority::{Place, Scope, Worker},
    ids::{AccountId, ExportId, RegionCode, SegmentId, UnitId},
    person::Retirement,
};

/// People that somebody asked to take out.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_export")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExportId,
    /// Where it stands.
    pub status: Status,
    /// From this region …
    pub region: RegionCode,
    /// … and in it only from this unit.
    pub unit_id: Option<UnitId>,
    /// Over this node of a tree instead: whoever its workers see, each as far as they do.
    pub reach: Option<Scope>,
    /// Who asked.
    pub requested_by: AccountId,
    /// What for.
    pub purpose: Purpose,
    /// Which people.
    pub filter: Filter,
    /// Telephone and identity numbers in full.
    pub complete: bool,
    /// How many people there were when it was asked for.
    pub rows: i32,
    /// The second person.
    pub decided_by: Option<AccountId>,
    /// How often it was taken.
    pub taken: i32,
    /// SHA-256 of the last file.
    pub file_hash: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When something happened last.
    pub updated_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Which people of the place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Filter {
    /// Only these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retirement: Option<Retirement>,
    /// Only who lives alone.
    pub living_alone: bool,
    /// The dead too.
    pub dead: bool,
    /// Only who is in this segment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<SegmentId>,
}

impl Model {
    /// From where it is taken, for permission.
    pub fn at(&self) -> Place {
        Place { region: self.region.clone(), unit: self.unit_id, branch: None, person: None }
    }

    /// Does the worker's role reach it?
    pub(super) fn is_reached(&self, worker: &Worker) -> bool {
        match &self.reach {
            Some(scope) => worker.scope() == scope,
            None => worker.covers(self.at()),
        }
    }
}
