//! Row: `aid_rule`: what a category may give, from when to when, and the document that says so.

use chrono::NaiveDate;
use ledger::Fen;
use sea_orm::entity::prelude::*;

use super::{
    Category,
    standard::{Frequency, Terms},
};
use crate::ids::{AidRuleId, RegionCode};

/// 帮扶标准, one layer of it: [`standard`](super::standard) puts the layers together.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_rule")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AidRuleId,
    /// For what.
    pub category: Category,
    /// Where.
    pub region: RegionCode,
    /// First day.
    pub valid_from: NaiveDate,
    /// The first day on which it is no more.
    pub valid_to: Option<NaiveDate>,
    /// At least.
    pub least: Fen,
    /// At most.
    pub most: Fen,
    /// How many working days the notice hangs.
    pub notice_days: i32,
    /// How often it helps a person.
    pub frequency: Frequency,
    /// For how many months the help is meant.
    pub validity_months: i32,
    /// The amount is so many hundredths of what somebody paid himself …
    pub percent: Option<i32>,
    /// … above this.
    pub above: Option<Fen>,
    /// What is worked out is rounded down to a multiple of this.
    pub round_to: Fen,
    /// Up to here a county approves.
    pub county_most: Option<Fen>,
    /// Up to here a city approves.
    pub city_most: Option<Fen>,
    /// The document. What begins with 示例 is an example and must be replaced by the bureau's own.
    pub source: String,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// For a category, a place, from a day on.
    pub fn new(
        id: AidRuleId,
        (category, region, valid_from): (Category, RegionCode, NaiveDate),
        terms: &Terms,
        source: String,
    ) -> Self {
        let Terms { least, most, notice_days, frequency, validity_months, .. } = *terms;
        let Terms { percent, above, round_to, county_most, city_most, .. } = *terms;
        Self {
            id,
            category,
            region,
            valid_from,
            valid_to: None,
            least,
            most,
            notice_days,
            frequency,
            validity_months,
            percent,
            above,
            round_to,
            county_most,
            city_most,
            source,
        }
    }

    /// What it says.
    pub fn terms(&self) -> Terms {
        Terms {
            least: self.least,
            most: self.most,
            notice_days: self.notice_days,
            frequency: self.frequency,
            validity_months: self.validity_months,
            percent: self.percent,
            above: self.above,
            round_to: self.round_to,
            county_most: self.county_most,
            city_most: self.city_most,
        }
    }

    /// Is it in force on this day?
    pub fn valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }
}
