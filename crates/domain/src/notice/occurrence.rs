//! Row: `reminder_occurrence`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{OccurrenceId, ReminderPlanId};

/// 提醒计划的一次执行: one firing of a plan. (plan, time) is unique, so that of many servers one runs it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder_occurrence")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OccurrenceId,
    /// Of which plan.
    pub plan_id: ReminderPlanId,
    /// For when.
    pub fires_at: DateTime<Utc>,
    /// When it ran.
    pub ran_at: DateTime<Utc>,
    /// How many letters it queued.
    pub queued: i32,
    /// How many people it left out, with reasons.
    pub suppressed: i32,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
