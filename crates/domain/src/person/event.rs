//! Row: `person_event`, the append-only history of a record.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::fact::FactKind;
use crate::ids::{AccountId, AccountLinkId, IntakeId, PersonEventId, PersonId};

/// What happened to a record. No values that are sealed or sensitive: the row says that, not to what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Happened {
    /// The record began.
    Registered,
    /// Telephone, residence or living alone changed.
    ContactChanged,
    /// A spreadsheet changed it; which fields is in that import's rows.
    Imported {
        /// Which.
        intake: IntakeId,
    },
    /// The same was taken back.
    ImportUndone {
        /// Which.
        intake: IntakeId,
    },
    /// A link to a login began.
    Linked {
        /// Which.
        link: AccountLinkId,
    },
    /// A link to a login was ended.
    Unlinked {
        /// Which.
        link: AccountLinkId,
    },
    /// A role, place or post began or ended.
    Fact {
        /// Of which kind.
        kind: FactKind,
        /// Did it end?
        ended: bool,
    },
    /// A protected field was changed by a request.
    Changed {
        /// The word for the field.
        field: String,
    },
    /// A death was recorded.
    Died {
        /// The day.
        on: NaiveDate,
    },
    /// A death had been recorded by mistake.
    DeathUndone {
        /// The day that had been recorded.
        on: NaiveDate,
    },
}

/// One thing that happened, with who recorded it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_event")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonEventId,
    /// About whom.
    pub person_id: PersonId,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// By which login; `None` for the platform, an installer or a seed.
    pub actor: Option<AccountId>,
    /// What.
    pub what: Happened,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
