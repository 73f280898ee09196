//! Row: `aid_account_vouch`.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::{
    ids::{AccountId, AccountVouchId, CaseId, PersonChangeId},
    privacy::{Cell, Sealed},
};

/// So many days an account counts as new after it was changed.
pub const NEW_FOR_DAYS: i64 = 30;

/// How many characters may say how somebody made sure.
pub const REASON: usize = 200;

/// 新账户确认: somebody other than those two who changed the account has made sure that it is the person's, for one case.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_account_vouch")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountVouchId,
    /// For which case.
    pub case_id: CaseId,
    /// Of which change.
    pub change_id: PersonChangeId,
    /// How he made sure, sealed.
    pub reason: Sealed,
    /// Who.
    pub vouched_by: AccountId,
    /// When.
    pub vouched_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountVouch").field("id", &self.id).finish_non_exhaustive()
    }
}

pub(in crate::aid) fn reason_cell(row: &str) -> Cell<'_> {
    Cell { table: "aid_account_vouch", column: "reason", row }
}
