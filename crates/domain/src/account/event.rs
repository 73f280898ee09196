//! Row: `account_event`, what the platform said about a login, each piece of news once.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::AccountId;

/// What kind of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum NewsKind {
    /// Joined the tenant.
    Joined,
    /// Left the tenant.
    Left,
}

/// One piece of news.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_event")]
pub struct Model {
    /// Made of what the news says, so that it counts once however it came.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// About which login.
    pub account_id: AccountId,
    /// What.
    pub kind: NewsKind,
    /// When, says the platform.
    pub happened_at: DateTime<Utc>,
    /// When we heard.
    pub received_at: DateTime<Utc>,
    /// Did it change the login? Older news than what is known does not.
    pub believed: bool,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
