//! Row: `aid_sample`: one draw, of a place and a month. Written once.

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, RegionCode, SampleId};

/// 回访抽样.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_sample")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SampleId,
    /// Of the cases of which region.
    pub region: RegionCode,
    /// The first day of the month in which the bank paid.
    pub month: NaiveDate,
    /// 64 hexadecimal digits: that of the month. Of draws from before there were such, one of their own.
    pub seed: String,
    /// How many of a hundred, of those that are not above.
    pub share: i32,
    /// All above so much.
    pub above: Fen,
    /// How many payments there were.
    pub listed: i32,
    /// How many were chosen.
    pub chosen: i32,
    /// Who pressed the button, when there was one. `None`: the calendar.
    pub drawn_by: Option<AccountId>,
    /// When.
    pub drawn_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
