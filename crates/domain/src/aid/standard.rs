//! 帮扶标准 in layers: province, city, county. A lower layer may narrow what an upper one allows, never widen it; what is in force is
//! what every layer allows, and each value knows the row that sets it. Pure.

use chrono::NaiveDate;
use ledger::Fen;

use super::{Refusal, Rule};
use crate::ids::{AidRuleId, RegionCode};

/// One value of a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// 最低.
    Least,
    /// 最高.
    Most,
    /// 公示几个工作日.
    NoticeDays,
    /// 一年一次.
    OnceAYear,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Least, Self::Most, Self::NoticeDays, Self::OnceAYear];

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Least => "最低金额",
            Self::Most => "最高金额",
            Self::NoticeDays => "公示工作日",
            Self::OnceAYear => "一年只帮一次",
        }
    }
}

/// A value, and why it is that: the widest layer that sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value<T> {
    /// The value.
    pub value: T,
    /// The row.
    pub rule: AidRuleId,
    /// Whose.
    pub region: RegionCode,
    /// Since when.
    pub since: NaiveDate,
    /// The document.
    pub source: String,
}

impl<T> Value<T> {
    fn by(rule: &Rule, value: T) -> Self {
        let (region, source) = (rule.region.clone(), rule.source.clone());
        Self { value, rule: rule.id, region, since: rule.valid_from, source }
    }

    /// Takes another layer's value where that is narrower.
    fn narrow(&mut self, rule: &Rule, value: T, narrower: bool) {
        if narrower {
            *self = Self::by(rule, value);
        }
    }
}

/// What is in force in a place on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standard {
    /// At least.
    pub least: Value<Fen>,
    /// At most.
    pub most: Value<Fen>,
    /// How many working days the notice hangs.
    pub notice_days: Value<i32>,
    /// Does it help a person once a year only?
    pub once_a_year: Value<bool>,
}

impl Standard {
    fn of(rule: &Rule) -> Self {
        Self {
            least: Value::by(rule, rule.least),
            most: Value::by(rule, rule.most),
            notice_days: Value::by(rule, rule.notice_days),
            once_a_year: Value::by(rule, rule.once_a_year),
        }
    }

    /// With another layer below. Where the upper one was narrowed after the lower was written, the upper one binds.
    fn and(mut self, rule: &Rule) -> Self {
        let (least, most) = (rule.least.min(self.most.value), rule.most.max(self.least.value));
        self.least.narrow(rule, least, least > self.least.value);
        self.most.narrow(rule, most, most < self.most.value);
        self.notice_days.narrow(rule, rule.notice_days, rule.notice_days > self.notice_days.value);
        self.once_a_year.narrow(rule, rule.once_a_year, rule.once_a_year && !self.once_a_year.value);
        self
    }

    /// Is the amount one that the standard allows?
    pub fn allows(&self, amount: Fen) -> Result<(), Refusal> {
        let (least, most) = (self.least.value, self.most.value);
        if (least..=most).contains(&amount) { Ok(()) } else { Err(Refusal::Amount { least, most }) }
    }

    /// Would a rule below widen it? Then the row that forbids it is named.
    pub(super) fn forbids(&self, rule: &Rule) -> Option<Refusal> {
        let no = |field, set: (&RegionCode, NaiveDate, &str), limit: String| {
            let (region, since, source) = set;
            Some(Refusal::Contradicts {
                field,
                limit,
                region: region.clone(),
                since,
                source: source.to_owned(),
            })
        };
        if rule.least < self.least.value || rule.least > self.most.value {
            let set = &self.least;
            return no(Field::Least, (&set.region, set.since, &set.source), set.value.to_string());
        }
        if rule.most > self.most.value {
            let set = &self.most;
            return no(Field::Most, (&set.region, set.since, &set.source), set.value.to_string());
        }
        if rule.notice_days < self.notice_days.value {
            let set = &self.notice_days;
            return no(Field::NoticeDays, (&set.region, set.since, &set.source), format!("{}天", set.value));
        }
        if self.once_a_year.value && !rule.once_a_year {
            let set = &self.once_a_year;
            return no(Field::OnceAYear, (&set.region, set.since, &set.source), "一年一次".to_owned());
        }
        None
    }
}

/// The layers that hold for a place on a day, widest first: of each region the latest row.
pub fn layers<'a>(rules: &'a [Rule], region: &RegionCode, day: NaiveDate) -> Vec<&'a Rule> {
    let holds = |rule: &&Rule| rule.region.covers(region) && rule.valid_on(day);
    let mut layers: Vec<&Rule> = rules.iter().filter(holds).collect();
    layers.sort_by_key(|rule| (rule.region.as_str().len(), std::cmp::Reverse(rule.valid_from)));
    layers.dedup_by(|later, kept| later.region == kept.region);
    layers
}

/// What is in force in a place on a day, among the rules of one category.
pub fn standard(rules: &[Rule], region: &RegionCode, day: NaiveDate) -> Option<Standard> {
    let layers = layers(rules, region, day);
    let (first, below) = layers.split_first()?;
    Some(below.iter().fold(Standard::of(first), |all, rule| all.and(rule)))
}

/// May a new rule stand below those that are there? Its own region's rows before it do not count.
pub(super) fn fits(rules: &[Rule], new: &Rule) -> Result<(), Refusal> {
    let above: Vec<Rule> = rules.iter().filter(|rule| rule.region != new.region).cloned().collect();
    match standard(&above, &new.region, new.valid_from) {
        Some(standard) => standard.forbids(new).map_or(Ok(()), Err),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeZone, Utc};
    use ledger::Fen;
    use proptest::prelude::*;

    use super::{Field, fits, layers, standard};
    use crate::{
        aid::{Category, Refusal, Rule},
        ids::{AidRuleId, RegionCode},
    };

    fn region(code: &str) -> RegionCode {
        RegionCode::parse(code).unwrap()
    }

    fn day(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 6, 1).unwrap()
    }

    fn rule(
        code: &str,
        from: i32,
        (least, most): (i64, i64),
        (notice_days, once_a_year): (i32, bool),
    ) -> Rule {
        Rule {
            id: AidRuleId::new(Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap()),
            category: Category::Illness,
            region: region(code),
            valid_from: NaiveDate::from_ymd_opt(from, 1, 1).unwrap(),
            valid_to: None,
            least: Fen::yuan(least),
            most: Fen::yuan(most),
            notice_days,
            once_a_year,
            source: format!("示例〔{from}〕"),
        }
    }

    #[test]
    fn each_value_names_the_layer_that_sets_it() {
        let rules = [
            rule("33", 2020, (1000, 5000), (5, false)),
            rule("3301", 2022, (1000, 4000), (5, true)),
            rule("330106", 2023, (1500, 9000), (7, false)),
            rule("330106", 2021, (1, 2), (1, false)),
            rule("330106", 2027, (2000, 2000), (9, true)),
            rule("3302", 2020, (1, 1), (99, true)),
        ];
        let it = standard(&rules, &region("330106"), day(2026)).unwrap();
        assert_eq!((it.least.value, it.least.source.as_str()), (Fen::yuan(1500), "示例〔2023〕"));
        assert_eq!((it.most.value, it.most.region.as_str()), (Fen::yuan(4000), "3301"));
        assert_eq!((it.notice_days.value, it.notice_days.region.as_str()), (7, "330106"));
        assert_eq!((it.once_a_year.value, it.once_a_year.region.as_str()), (true, "3301"));
        assert_eq!(layers(&rules, &region("330106"), day(2026)).len(), 3);
        assert_eq!(standard(&rules, &region("330106"), day(2027)).unwrap().most.value, Fen::yuan(2000));
        assert_eq!(standard(&rules, &region("330106"), day(2019)), None);
        // What an upper layer says as well stays its own: it is the widest that says so.
        let same = [rule("33", 2020, (1000, 5000), (5, true)), rule("3301", 2021, (1000, 5000), (5, true))];
        assert_eq!(standard(&same, &region("3301"), day(2026)).unwrap().most.region, region("33"));
    }

    #[test]
    fn the_ends_of_the_range_belong_to_it() {
        let rules = [rule("33", 2020, (500, 5000), (5, true))];
        let it = standard(&rules, &region("3301"), day(2026)).unwrap();
        assert!(it.allows(Fen::yuan(500)).is_ok() && it.allows(Fen::yuan(5000)).is_ok());
        let refused = Refusal::Amount { least: Fen::yuan(500), most: Fen::yuan(5000) };
        assert_eq!(it.allows(Fen(49_999)), Err(refused.clone()));
        assert_eq!(it.allows(Fen(500_001)), Err(refused));
    }

    #[test]
    fn a_lower_layer_narrows_and_never_widens() {
        let upper = [rule("33", 2020, (1000, 5000), (5, true))];
        let no =
            |least, most, days, once| match fits(&upper, &rule("3301", 2026, (least, most), (days, once))) {
                Ok(()) => None,
                Err(Refusal::Contradicts { field, region, .. }) => {
                    assert_eq!(region.as_str(), "33");
                    Some(field)
                }
                Err(other) => panic!("{other:?}"),
            };
        assert_eq!(no(1000, 5000, 5, true), None);
        assert_eq!(no(2000, 3000, 10, true), None);
        assert_eq!(no(999, 5000, 5, true), Some(Field::Least));
        assert_eq!(no(5001, 5001, 5, true), Some(Field::Least));
        assert_eq!(no(1000, 5001, 5, true), Some(Field::Most));
        assert_eq!(no(1000, 5000, 4, true), Some(Field::NoticeDays));
        assert_eq!(no(1000, 5000, 5, false), Some(Field::OnceAYear));
        // Before there was an upper one, nothing forbids; its own rows of before do not either.
        assert!(fits(&upper, &rule("3301", 2019, (1, 9999), (0, false))).is_ok());
        assert!(fits(&upper, &rule("33", 2026, (1, 9999), (0, false))).is_ok());
    }

    fn any_rule() -> impl Strategy<Value = Rule> {
        let code = prop::sample::select(vec!["33", "3301", "330106", "330108", "3302"]);
        (code, 2018..2028_i32, 1..60_i64, 0..60_i64, 1..12_i32, any::<bool>()).prop_map(
            |(code, from, least, more, days, once)| rule(code, from, (least, least + more), (days, once)),
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { max_global_rejects: 100_000, ..ProptestConfig::with_cases(10_000) })]

        /// Whatever rows there are, in whatever order they were written: a place below has nothing that the place above has not.
        #[test]
        fn nobody_below_is_allowed_what_is_not_above(rules in prop::collection::vec(any_rule(), 1..14), year in 2018..2029_i32) {
            for (above, below) in [("33", "3301"), ("3301", "330106"), ("3301", "330108"), ("33", "3302")] {
                let upper = standard(&rules, &region(above), day(year));
                let lower = standard(&rules, &region(below), day(year));
                if let (Some(upper), Some(lower)) = (upper, lower) {
                    prop_assert!(upper.least.value <= lower.least.value && lower.most.value <= upper.most.value);
                    prop_assert!(lower.least.value <= lower.most.value);
                    prop_assert!(upper.notice_days.value <= lower.notice_days.value);
                    prop_assert!(lower.once_a_year.value || !upper.once_a_year.value);
                }
            }
        }

        /// What fits when it is written is in force as it was written.
        #[test]
        fn what_fits_counts_as_it_stands(mut rules in prop::collection::vec(any_rule(), 0..9), new in any_rule()) {
            rules.retain(|rule| rule.region != new.region || rule.valid_from < new.valid_from);
            prop_assume!(fits(&rules, &new).is_ok());
            let all: Vec<Rule> = rules.into_iter().chain([new.clone()]).collect();
            let it = standard(&all, &new.region, new.valid_from).unwrap();
            prop_assert_eq!((it.least.value, it.most.value), (new.least, new.most));
            prop_assert_eq!((it.notice_days.value, it.once_a_year.value), (new.notice_days, new.once_a_year));
        }
    }
}
