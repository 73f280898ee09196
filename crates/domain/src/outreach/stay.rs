//! Row: `outreach_stay`: somebody is in hospital. Of what is wrong nothing is written down.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, OutreachStayId, PersonId};

/// 住院.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outreach_stay")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutreachStayId,
    /// Who.
    pub person_id: PersonId,
    /// Since when.
    pub from_on: NaiveDate,
    /// The day of going home.
    pub to_on: Option<NaiveDate>,
    /// Who heard of it.
    pub noted_by: AccountId,
    /// When.
    pub noted_at: DateTime<Utc>,
    /// Who wrote that it is over.
    pub ended_by: Option<AccountId>,
}

/// About a person.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Who.
    #[sea_orm(
        belongs_to = "crate::person::entity::Entity",
        from = "Column::PersonId",
        to = "crate::person::entity::Column::Id"
    )]
    Person,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What somebody gets once for it.
    pub fn round(&self) -> String {
        format!("hospital/{}", self.id)
    }
}
