//! Row: `web_session`.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use super::limits;
use crate::ids::{AccountId, AccountLinkId, SessionId};

/// Why a session was ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Ended {
    /// Its owner signed out.
    SignedOut,
    /// A new sign-in in the same browser took its place.
    Replaced,
    /// The login left the tenant.
    Left,
    /// The person died.
    Died,
    /// The login's roles changed, and with them how long its sessions may live.
    RolesChanged,
    /// An administrator ended it.
    Killed,
}

/// 登录会话 of one browser.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "web_session")]
pub struct Model {
    /// Id, for the console; the cookie holds the token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// SHA-256 of the token.
    pub token_hash: String,
    /// Whose.
    pub account_id: AccountId,
    /// Opened by somebody with a role: the short limits hold.
    pub staff: bool,
    /// The mandate under which the session acts, if it was said who uses it.
    pub acting_link: Option<AccountLinkId>,
    /// When a second factor was shown in it last.
    pub stepped_up_at: Option<DateTime<Utc>>,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When it was used last, within a minute.
    pub seen_at: DateTime<Utc>,
    /// Over when unused until then.
    pub idle_until: DateTime<Utc>,
    /// Over then in any case.
    pub absolute_until: DateTime<Utc>,
    /// Ended before its time.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Why.
    pub revoked_why: Option<Ended>,
}

/// A session is good only while its login is in the tenant.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The login.
    #[sea_orm(
        belongs_to = "crate::account::entity::Entity",
        from = "Column::AccountId",
        to = "crate::account::entity::Column::Id"
    )]
    Account,
}

impl Related<crate::account::entity::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Is it good for acts of high risk just now?
    pub fn is_stepped_up(&self, now: DateTime<Utc>) -> bool {
        self.stepped_up_at.is_some_and(|at| now < at + limits::STEPPED_UP)
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("id", &self.id)
            .field("account_id", &self.account_id)
            .finish_non_exhaustive()
    }
}
