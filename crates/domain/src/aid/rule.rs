//! Row: `aid_rule`: what a category may give, from when to when, and the document that says so.

use chrono::NaiveDate;
use ledger::Fen;
use sea_orm::entity::prelude::*;

use super::{Category, Refusal};
use crate::ids::{AidRuleId, RegionCode};

/// 帮扶标准. A county's own rule goes before its city's, and that before the province's.
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
    /// Does it help a person once a year only?
    pub once_a_year: bool,
    /// The document. What begins with 示例 is an example and must be replaced by the bureau's own.
    pub source: String,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Is it in force on this day?
    pub fn valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day < end)
    }

    /// Is the amount one that the rule allows?
    pub fn allows(&self, amount: Fen) -> Result<(), Refusal> {
        if (self.least..=self.most).contains(&amount) {
            return Ok(());
        }
        Err(Refusal::Amount { least: self.least, most: self.most })
    }
}

/// The rule for a place on a day, among the rules of one category: the narrowest region, then the latest.
pub(super) fn pick(rules: Vec<Model>, region: &RegionCode, day: NaiveDate) -> Option<Model> {
    rules
        .into_iter()
        .filter(|rule| rule.region.covers(region) && rule.valid_on(day))
        .max_by_key(|rule| (rule.region.as_str().len(), rule.valid_from))
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeZone, Utc};
    use ledger::Fen;

    use super::{Model, pick};
    use crate::{
        aid::{Category, Refusal},
        ids::{AidRuleId, RegionCode},
    };

    fn rule(region: &str, from: i32, most: i64) -> Model {
        Model {
            id: AidRuleId::new(Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap()),
            category: Category::Illness,
            region: RegionCode::parse(region).unwrap(),
            valid_from: NaiveDate::from_ymd_opt(from, 1, 1).unwrap(),
            valid_to: None,
            least: Fen::yuan(500),
            most: Fen::yuan(most),
            notice_days: 5,
            once_a_year: true,
            source: "示例".to_owned(),
        }
    }

    #[test]
    fn the_narrowest_and_latest_rule_counts() {
        let rules = || {
            vec![
                rule("33", 2020, 5000),
                rule("330106", 2024, 6000),
                rule("330106", 2027, 7000),
                rule("330105", 2020, 1),
            ]
        };
        let most = |region: &str, year| {
            let day = NaiveDate::from_ymd_opt(year, 11, 2).unwrap();
            pick(rules(), &RegionCode::parse(region).unwrap(), day).map(|rule| rule.most)
        };
        assert_eq!(most("330106", 2026), Some(Fen::yuan(6000)));
        assert_eq!(most("330106", 2027), Some(Fen::yuan(7000)));
        assert_eq!(most("330106", 2021), Some(Fen::yuan(5000)));
        assert_eq!(most("330110", 2026), Some(Fen::yuan(5000)));
        assert_eq!(most("330110", 2019), None);
    }

    #[test]
    fn the_ends_of_the_range_belong_to_it() {
        let rule = rule("33", 2020, 5000);
        assert!(rule.allows(Fen::yuan(500)).is_ok() && rule.allows(Fen::yuan(5000)).is_ok());
        let refused = Refusal::Amount { least: Fen::yuan(500), most: Fen::yuan(5000) };
        assert_eq!(rule.allows(Fen(49_999)), Err(refused.clone()));
        assert_eq!(rule.allows(Fen(500_001)), Err(refused));
    }
}
