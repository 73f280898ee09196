//! Row: `second_factor`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::{
    ids::{AccountId, SecondFactorId},
    privacy::{Cell, Sealed},
};

/// 动态口令 of one login. There is one row at most; it goes with its reset, and when the login leaves the tenant.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SecondFactorId,
    /// Whose.
    pub account_id: AccountId,
    /// A secret that was shown and waits for its first code. Until then the one before counts.
    pub offered: Option<Sealed>,
    /// When it was shown.
    pub offered_at: Option<DateTime<Utc>>,
    /// The secret that counts.
    pub secret: Option<Sealed>,
    /// Since when.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The last step of which a code was taken.
    pub last_step: Option<i64>,
    /// Wrong codes in a row.
    pub failures: i32,
    /// Nothing is looked at until then.
    pub locked_until: Option<DateTime<Utc>>,
    /// Which security administrator asks for its reset.
    pub reset_by: Option<AccountId>,
    /// When.
    pub reset_at: Option<DateTime<Utc>>,
    /// Why, in the administrator's words.
    pub reset_why: Option<String>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Has a first code confirmed it?
    pub const fn is_bound(&self) -> bool {
        self.secret.is_some()
    }

    /// Until when it is locked, if it is.
    pub fn locked(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.locked_until.filter(|until| *until > now)
    }
}

/// Where the secret that counts stands.
pub(super) fn secret_cell(row: &str) -> Cell<'_> {
    Cell { table: "second_factor", column: "secret", row }
}

/// Where a shown one stands.
pub(super) fn offered_cell(row: &str) -> Cell<'_> {
    Cell { table: "second_factor", column: "offered", row }
}
