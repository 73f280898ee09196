//! Row: `reminder_plan`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use super::quiet::Policy;
use crate::ids::{AccountId, RegionCode, ReminderPlanId};

/// What a plan reminds of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum PlanKind {
    /// 活动前一晚: members, of tomorrow's meeting.
    MeetingEve,
    /// 书记提醒: secretaries, of what is owed and who is missing; on working days.
    SecretaryDigest,
}

impl PlanKind {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::MeetingEve => "活动前一晚提醒党员",
            Self::SecretaryDigest => "工作日早上提醒书记",
        }
    }

    /// Whose quiet hours hold. The secretaries of these branches are retirees like their members.
    pub const fn policy(self) -> Policy {
        match self {
            Self::MeetingEve | Self::SecretaryDigest => Policy::Retiree,
        }
    }

    /// Are all its messages of one occasion the same words, so that one call reaches twenty people?
    pub const fn says_the_same_to_all(self) -> bool {
        match self {
            Self::MeetingEve => true,
            Self::SecretaryDigest => false,
        }
    }
}

/// 提醒计划: when, to whom, what, in a region and everything below it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder_plan")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReminderPlanId,
    /// What of.
    pub kind: PlanKind,
    /// Where.
    pub region_code: RegionCode,
    /// Its name in the console.
    pub name: String,
    /// When, by the clock of Asia/Shanghai: five cron fields.
    pub cron: String,
    /// Is it switched on?
    pub enabled: bool,
    /// Since when; what was due before is not made up for.
    pub enabled_from: DateTime<Utc>,
    /// Who wrote it; `None` for the one that comes with the program.
    pub created_by: Option<AccountId>,
    /// Who changed it last.
    pub updated_by: Option<AccountId>,
    /// Raised by every change.
    pub version: i64,
    /// When the row was written.
    pub created_at: DateTime<Utc>,
    /// When it changed last.
    pub updated_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
