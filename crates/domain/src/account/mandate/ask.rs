//! Row: `mandate_ask`. Somebody would like to act for a person; the person, or a worker who has the person's word, decides.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use super::Matters;
use crate::ids::{AccountId, AccountLinkId, MandateAskId, PersonId};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum AskState {
    /// Waits for an answer.
    Asked,
    /// Became a mandate.
    Accepted,
    /// 不同意.
    Refused,
    /// The person died before an answer.
    Lapsed,
}

/// 代办申请.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mandate_ask")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MandateAskId,
    /// Who would act.
    pub account_id: AccountId,
    /// For whom.
    pub person_id: PersonId,
    /// In what.
    pub matters: Matters,
    /// Until when.
    pub until: DateTime<Utc>,
    /// How far it is.
    pub state: AskState,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// Who answered.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What it became.
    pub link_id: Option<AccountLinkId>,
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
