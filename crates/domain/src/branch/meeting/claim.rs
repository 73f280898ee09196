//! Row: `meeting_claim`.

use sea_orm::entity::prelude::*;

use crate::{branch::Obligation, ids::MeetingId};

/// An obligation that a meeting answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_claim")]
pub struct Model {
    /// The meeting.
    #[sea_orm(primary_key, auto_increment = false)]
    pub meeting_id: MeetingId,
    /// What it was.
    #[sea_orm(primary_key, auto_increment = false)]
    pub obligation: Obligation,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
