//! Row: `account_link`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use super::mandate::Matters;
use crate::ids::{AccountId, AccountLinkId, PersonId};

/// What a login is to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum LinkKind {
    /// 本人: the login is this person's own. At most one at a time on either side.
    Own,
    /// 代办: the login may act for this person, for a time, under a recorded mandate.
    Proxy,
}

impl LinkKind {
    /// The word in rows and audit rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Proxy => "proxy",
        }
    }
}

/// 账号关联: a phone is no identity, so who may act as whom is a dated row with its proof.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_link")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountLinkId,
    /// The login.
    pub account_id: AccountId,
    /// The person.
    pub person_id: PersonId,
    /// Own or on behalf.
    pub kind: LinkKind,
    /// In what matters somebody may act; all of them for one's own.
    pub matters: Matters,
    /// How it was proven: `identity_seen`, `witnessed`, `directory`, `seed` …, words of the office.
    pub proof: String,
    /// Who recorded it; `None` for what the platform's directory said.
    pub recorded_by: Option<AccountId>,
    /// From when.
    pub valid_from: DateTime<Utc>,
    /// Until when (exclusive). A mandate always has an end; one's own link ends when somebody ends it.
    pub valid_to: Option<DateTime<Utc>>,
}

/// A link is in force only between a login in the tenant and a living person.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The login.
    #[sea_orm(
        belongs_to = "super::entity::Entity",
        from = "Column::AccountId",
        to = "super::entity::Column::Id"
    )]
    Account,
    /// The person.
    #[sea_orm(
        belongs_to = "crate::person::entity::Entity",
        from = "Column::PersonId",
        to = "crate::person::entity::Column::Id"
    )]
    Person,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Is it in force at `now`?
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.valid_from <= now && self.valid_to.is_none_or(|end| now < end)
    }
}
