//! Row: `treatment_floor`.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::{
    ids::{AccountId, RegionCode, TreatmentFloorId},
    person::{
        fact::{FactKind, Level},
        period::Period,
    },
};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum FloorState {
    /// Waits for a second person.
    Proposed,
    /// Agreed to, not yet carried out.
    Approved,
    /// The second person said no.
    Refused,
    /// Carried out. May be carried out again for those who came since.
    Applied,
}

/// A floor.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "treatment_floor")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TreatmentFloorId,
    /// For whose people.
    pub region: RegionCode,
    /// Who joined in this period …
    pub period: Period,
    /// … has in this dimension …
    pub dimension: FactKind,
    /// … at least this level.
    pub level: Level,
    /// From this day.
    pub from_on: NaiveDate,
    /// Until the day before this one.
    pub to_on: Option<NaiveDate>,
    /// The document.
    pub basis: String,
    /// How far it is.
    pub state: FloorState,
    /// Who wrote it down.
    pub proposed_by: AccountId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// The second person.
    pub approved_by: Option<AccountId>,
    /// When.
    pub approved_at: Option<DateTime<Utc>>,
    /// When it was carried out last.
    pub applied_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
