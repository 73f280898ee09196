//! Row: `death_undo_left`: what no program puts right.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, DeathUndoId, DeathUndoLeftId};

/// What is left to do by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Left {
    /// Somebody tells the person, by word of mouth.
    Tell,
    /// The sessions were ended; about a login.
    SignIn,
    /// A login or a mandate did not come back.
    Login,
    /// 组织关系 did not come back; about a branch.
    Membership,
    /// A post did not come back; about a branch.
    Post,
    /// A stay in hospital did not come back.
    Stay,
    /// A case was ended, with the money that waited; about the case.
    Case,
    /// Money was asked back; about the claim.
    Claim,
    /// A visit was taken off an agreed list; about the plan.
    Visit,
    /// The death was recorded before anybody wrote down what a death ends.
    Unknown,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "death_undo_left")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeathUndoLeftId,
    /// After which request.
    pub undo_id: DeathUndoId,
    /// What.
    pub what: Left,
    /// The id of what it is about, where there is one.
    pub about: Option<String>,
    /// Since when.
    pub opened_at: DateTime<Utc>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// By whom.
    pub done_by: Option<AccountId>,
    /// What was done, in the office's words.
    pub note: Option<String>,
}

/// After a request.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Which.
    #[sea_orm(
        belongs_to = "super::entity::Entity",
        from = "Column::UndoId",
        to = "super::entity::Column::Id"
    )]
    Undo,
}

impl ActiveModelBehavior for ActiveModel {}
