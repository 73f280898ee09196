//! Row: `aid_clock`: a clock that has stopped. Written once.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::Clock;
use crate::{
    aid::procedure::Limit,
    ids::{CaseId, ClockId, RegionCode},
};

/// What a step took.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_clock")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClockId,
    /// Of which case.
    pub case_id: CaseId,
    /// Where.
    pub region: RegionCode,
    /// Of what.
    pub limit_of: Limit,
    /// With which entry of the log it began.
    pub since: i32,
    /// On which day.
    pub began_on: NaiveDate,
    /// On which day it ended.
    pub ended_on: NaiveDate,
    /// How many working days it ran.
    pub used: i32,
    /// How many it stood still.
    pub paused: i32,
    /// How many it had, if a row said so.
    pub days: Option<i32>,
    /// The last day of these.
    pub due_on: Option<NaiveDate>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The row of a clock; `None` for one that runs.
    pub(in crate::aid) fn of(
        id: ClockId,
        (case_id, region): (CaseId, &RegionCode),
        clock: &Clock,
    ) -> Option<Self> {
        let number = |days: u32| i32::try_from(days).unwrap_or(i32::MAX);
        Some(Self {
            id,
            case_id,
            region: region.clone(),
            limit_of: clock.limit,
            since: clock.since,
            began_on: clock.began_on,
            ended_on: clock.ended_on?.max(clock.began_on),
            used: number(clock.used),
            paused: number(clock.paused),
            days: clock.days.map(number),
            due_on: clock.due_on,
        })
    }

    /// Did it end after its last day?
    pub fn was_late(&self) -> bool {
        self.due_on.is_some_and(|due| self.ended_on > due)
    }
}
