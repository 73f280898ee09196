//! Row: `person_double`.

use chrono::{DateTime, Utc};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::Reason;
use crate::ids::{AccountId, PersonDoubleId, PersonId};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum DoubleState {
    /// Nobody has judged.
    Open,
    /// One human being; merged.
    Merged,
    /// Two. Not shown again.
    TwoPeople,
}

/// The reasons, as they were when the pair was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Reasons(pub Vec<Reason>);

/// A pair that looks like one human being. `one_id` is the smaller one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_double")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonDoubleId,
    /// One.
    pub one_id: PersonId,
    /// The other.
    pub other_id: PersonId,
    /// 0–100.
    pub score: i16,
    /// Why.
    pub reasons: Reasons,
    /// What became of it.
    pub state: DoubleState,
    /// When it was found.
    pub found_at: DateTime<Utc>,
    /// Who judged.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

/// Of two persons.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// One of them, by whose unit the pair is judged.
    #[sea_orm(
        belongs_to = "crate::person::entity::Entity",
        from = "Column::OneId",
        to = "crate::person::entity::Column::Id"
    )]
    One,
}

impl ActiveModelBehavior for ActiveModel {}
