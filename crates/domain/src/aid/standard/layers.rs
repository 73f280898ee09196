//! The layers of a standard put together, and a new one held against those above.

use chrono::NaiveDate;
use ledger::Fen;

use super::{Field, Frequency, Terms, Value, value::narrow_open};
use crate::{
    aid::{Refusal, Rule},
    ids::RegionCode,
};

/// What is in force in a place on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standard {
    /// At least.
    pub least: Value<Fen>,
    /// At most.
    pub most: Value<Fen>,
    /// How many working days the notice hangs.
    pub notice_days: Value<i32>,
    /// How often it helps a person.
    pub frequency: Value<Frequency>,
    /// For how many months the help is meant.
    pub validity_months: Value<i32>,
    /// The amount is so many hundredths of what somebody paid himself …
    pub percent: Option<Value<i32>>,
    /// … above this.
    pub above: Option<Value<Fen>>,
    /// What is worked out is rounded down to a multiple of this.
    pub round_to: Value<Fen>,
    /// Up to here a county approves.
    pub county_most: Option<Value<Fen>>,
    /// Up to here a city approves.
    pub city_most: Option<Value<Fen>>,
}

impl Standard {
    fn of(rule: &Rule) -> Self {
        let Terms { least, most, notice_days, frequency, validity_months, percent, above, round_to, .. } =
            rule.terms();
        Self {
            least: Value::by(rule, least),
            most: Value::by(rule, most),
            notice_days: Value::by(rule, notice_days),
            frequency: Value::by(rule, frequency),
            validity_months: Value::by(rule, validity_months),
            percent: percent.map(|percent| Value::by(rule, percent)),
            above: above.map(|above| Value::by(rule, above)),
            round_to: Value::by(rule, round_to),
            county_most: rule.county_most.map(|most| Value::by(rule, most)),
            city_most: rule.city_most.map(|most| Value::by(rule, most)),
        }
    }

    /// With another layer below. Where the upper one was narrowed after the lower was written, the upper one binds.
    fn and(mut self, rule: &Rule) -> Self {
        let (least, most) = (rule.least.min(self.most.value), rule.most.max(self.least.value));
        self.least.narrow(rule, least, Fen::gt);
        self.most.narrow(rule, most, Fen::lt);
        self.notice_days.narrow(rule, rule.notice_days, i32::gt);
        self.frequency.narrow(rule, rule.frequency, Frequency::gt);
        self.validity_months.narrow(rule, rule.validity_months, i32::gt);
        narrow_open(&mut self.percent, rule, rule.percent, i32::lt);
        narrow_open(&mut self.above, rule, rule.above, Fen::gt);
        self.round_to.narrow(rule, rule.round_to, Fen::gt);
        narrow_open(&mut self.county_most, rule, rule.county_most, Fen::lt);
        narrow_open(&mut self.city_most, rule, rule.city_most, Fen::lt);
        self
    }

    /// Is the amount one that the standard allows?
    pub fn allows(&self, amount: Fen) -> Result<(), Refusal> {
        let (least, most) = (self.least.value, self.most.value);
        if (least..=most).contains(&amount) { Ok(()) } else { Err(Refusal::Amount { least, most }) }
    }

    /// Would a rule below widen it? Then the row that forbids it is named.
    pub(super) fn forbids(&self, rule: &Rule) -> Option<Refusal> {
        let (percent, above) = (self.percent.as_ref(), self.above.as_ref());
        let (county, city) = (self.county_most.as_ref(), self.city_most.as_ref());
        // What an upper layer sets and a lower leaves open, the upper one sets.
        let wider = |most: Option<&Value<Fen>>, own: Option<Fen>| {
            most.filter(|most| own.is_some_and(|own| own > most.value)).cloned()
        };
        let months = |months: &i32| format!("{months}个月");
        let least = rule.least < self.least.value || rule.least > self.most.value;
        None.or_else(|| no(Field::Least, least.then_some(&self.least), Fen::to_string))
            .or_else(|| no(Field::Most, (rule.most > self.most.value).then_some(&self.most), Fen::to_string))
            .or_else(|| {
                let shorter = rule.notice_days < self.notice_days.value;
                no(Field::NoticeDays, shorter.then_some(&self.notice_days), |days| format!("{days}天"))
            })
            .or_else(|| {
                let oftener = rule.frequency < self.frequency.value;
                no(Field::Frequency, oftener.then_some(&self.frequency), |it| it.label().to_owned())
            })
            .or_else(|| {
                let shorter = rule.validity_months < self.validity_months.value;
                no(Field::Validity, shorter.then_some(&self.validity_months), months)
            })
            .or_else(|| {
                let more = percent.filter(|set| rule.percent.is_some_and(|own| own > set.value));
                no(Field::Percent, more, |percent| format!("{percent}%"))
            })
            .or_else(|| {
                let less = above.filter(|set| rule.above.is_some_and(|own| own < set.value));
                no(Field::Above, less, Fen::to_string)
            })
            .or_else(|| {
                let finer = rule.round_to < self.round_to.value;
                no(Field::RoundTo, finer.then_some(&self.round_to), Fen::to_string)
            })
            .or_else(|| no(Field::CountyMost, wider(county, rule.county_most).as_ref(), Fen::to_string))
            .or_else(|| no(Field::CityMost, wider(city, rule.city_most).as_ref(), Fen::to_string))
    }
}

/// The refusal that names the row, if there is one that forbids.
fn no<T>(field: Field, set: Option<&Value<T>>, say: impl FnOnce(&T) -> String) -> Option<Refusal> {
    let set = set?;
    let (limit, region, source) = (say(&set.value), set.region.clone(), set.source.clone());
    Some(Refusal::Contradicts { field, limit, region, since: set.since, source })
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
pub(in crate::aid) fn fits(rules: &[Rule], new: &Rule) -> Result<(), Refusal> {
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

    use super::{
        super::{Field, Frequency, Level, Terms},
        fits, layers, standard,
    };
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

    fn band(least: i64, most: i64) -> Terms {
        Terms::band(Fen::yuan(least), Fen::yuan(most))
    }

    #[expect(clippy::needless_pass_by_value, reason = "rows are written down with their terms inside")]
    fn rule(code: &str, from: i32, terms: Terms) -> Rule {
        let id = AidRuleId::new(Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap());
        let valid_from = NaiveDate::from_ymd_opt(from, 1, 1).unwrap();
        Rule::new(id, (Category::ILLNESS, region(code), valid_from), &terms, format!("示例〔{from}〕"))
    }

    #[test]
    fn each_value_names_the_layer_that_sets_it() {
        let often = Terms { frequency: Frequency::Unlimited, ..band(1000, 5000) };
        let rules = [
            rule("33", 2020, often.clone()),
            rule("3301", 2022, band(1000, 4000)),
            rule("330106", 2023, Terms { notice_days: 7, ..band(1500, 9000) }),
            rule("330106", 2021, Terms { notice_days: 1, ..band(1, 2) }),
            rule("330106", 2027, Terms { notice_days: 9, ..band(2000, 2000) }),
            rule("3302", 2020, Terms { notice_days: 60, ..band(1, 1) }),
        ];
        let it = standard(&rules, &region("330106"), day(2026)).unwrap();
        assert_eq!((it.least.value, it.least.source.as_str()), (Fen::yuan(1500), "示例〔2023〕"));
        assert_eq!((it.most.value, it.most.region.as_str()), (Fen::yuan(4000), "3301"));
        assert_eq!((it.notice_days.value, it.notice_days.region.as_str()), (7, "330106"));
        assert_eq!((it.frequency.value, it.frequency.region.as_str()), (Frequency::PerYear, "3301"));
        assert_eq!(layers(&rules, &region("330106"), day(2026)).len(), 3);
        assert_eq!(standard(&rules, &region("330106"), day(2027)).unwrap().most.value, Fen::yuan(2000));
        assert_eq!(standard(&rules, &region("330106"), day(2019)), None);
        // What an upper layer says as well stays its own: it is the widest that says so.
        let same = [rule("33", 2020, band(1000, 5000)), rule("3301", 2021, band(1000, 5000))];
        assert_eq!(standard(&same, &region("3301"), day(2026)).unwrap().most.region, region("33"));
    }

    #[test]
    fn the_ends_of_the_range_belong_to_it() {
        let rules = [rule("33", 2020, band(500, 5000))];
        let it = standard(&rules, &region("3301"), day(2026)).unwrap();
        assert!(it.allows(Fen::yuan(500)).is_ok() && it.allows(Fen::yuan(5000)).is_ok());
        let refused = Refusal::Amount { least: Fen::yuan(500), most: Fen::yuan(5000) };
        assert_eq!(it.allows(Fen(49_999)), Err(refused.clone()));
        assert_eq!(it.allows(Fen(500_001)), Err(refused));
    }

    #[test]
    fn a_lower_layer_narrows_and_never_widens() {
        let whole = Terms {
            percent: Some(50),
            above: Some(Fen::yuan(10_000)),
            round_to: Fen::yuan(10),
            county_most: Some(Fen::yuan(2000)),
            city_most: Some(Fen::yuan(4000)),
            ..band(1000, 5000)
        };
        let upper = [rule("33", 2020, whole.clone())];
        let no = |terms: Terms| match fits(&upper, &rule("3301", 2026, terms)) {
            Ok(()) => None,
            Err(Refusal::Contradicts { field, region, .. }) => {
                assert_eq!(region.as_str(), "33");
                Some(field)
            }
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(no(whole.clone()), None);
        // What is left open is set above.
        assert_eq!(no(Terms { round_to: Fen::yuan(10), ..band(2000, 3000) }), None);
        let wider = [
            (Field::Least, Terms { least: Fen::yuan(999), ..whole.clone() }),
            (Field::Least, Terms { least: Fen::yuan(5001), most: Fen::yuan(5001), ..whole.clone() }),
            (Field::Most, Terms { most: Fen::yuan(5001), ..whole.clone() }),
            (Field::NoticeDays, Terms { notice_days: 4, ..whole.clone() }),
            (Field::Frequency, Terms { frequency: Frequency::PerEpisode, ..whole.clone() }),
            (Field::Validity, Terms { validity_months: 11, ..whole.clone() }),
            (Field::Percent, Terms { percent: Some(51), ..whole.clone() }),
            (Field::Above, Terms { above: Some(Fen::yuan(9999)), ..whole.clone() }),
            (Field::RoundTo, Terms { round_to: Fen::yuan(1), ..whole.clone() }),
            (Field::CountyMost, Terms { county_most: Some(Fen::yuan(2001)), ..whole.clone() }),
            (Field::CityMost, Terms { city_most: Some(Fen::yuan(4001)), ..whole.clone() }),
        ];
        for (field, terms) in wider {
            assert_eq!(no(terms), Some(field));
        }
        // Before there was an upper one, nothing forbids; its own rows of before do not either.
        assert!(fits(&upper, &rule("3301", 2019, band(1, 9999))).is_ok());
        assert!(fits(&upper, &rule("33", 2026, band(1, 9999))).is_ok());
    }

    #[test]
    fn an_amount_is_worked_out_step_by_step() {
        let share = Terms {
            percent: Some(30),
            above: Some(Fen::yuan(10_000)),
            round_to: Fen::yuan(100),
            ..band(1000, 5000)
        };
        let it = standard(&[rule("33", 2020, share)], &region("33"), day(2026)).unwrap();
        let worked = it.worked(Fen(1_777_777)).unwrap().unwrap();
        assert_eq!(
            (worked.share, worked.rounded, worked.amount),
            (Fen(233_333), Fen::yuan(2300), Fen::yuan(2300))
        );
        assert_eq!(
            it.worked(Fen::yuan(99_999)).unwrap().unwrap().amount,
            Fen::yuan(5000),
            "never more than the most"
        );
        let below = Refusal::BelowLeast { amount: Fen::yuan(900), least: Fen::yuan(1000) };
        assert_eq!(it.worked(Fen::yuan(13_300)), Err(below));
        assert!(it.worked(Fen::ZERO).is_err());
        let judged = standard(&[rule("33", 2020, band(1, 2))], &region("33"), day(2026)).unwrap();
        assert_eq!(judged.worked(Fen::yuan(1)), Ok(None));
    }

    #[test]
    fn the_amount_says_how_high_it_goes() {
        let terms = Terms {
            county_most: Some(Fen::yuan(2000)),
            city_most: Some(Fen::yuan(4000)),
            ..band(1000, 9000)
        };
        let it = standard(&[rule("33", 2020, terms)], &region("33"), day(2026)).unwrap();
        for (fen, level) in [
            (200_000, Level::County),
            (200_001, Level::City),
            (400_000, Level::City),
            (400_001, Level::Province),
        ] {
            assert_eq!(it.level(Fen(fen)), level);
        }
        let open = standard(&[rule("33", 2020, band(1, 9000))], &region("33"), day(2026)).unwrap();
        assert_eq!(open.level(Fen::yuan(9000)), Level::County);
    }

    fn any_terms() -> impl Strategy<Value = Terms> {
        let frequency = prop::sample::select(Frequency::all().collect::<Vec<_>>());
        let share = prop::option::of((1..=100_i32, 0..50_i64));
        let rounding = prop::sample::select(Terms::ROUNDINGS.to_vec());
        let levels = prop::option::of((0..60_i64, prop::option::of(0..60_i64)));
        let whole = (1..60_i64, 0..60_i64, 1..12_i32, frequency, 1..24_i32, share, rounding, levels);
        whole.prop_map(|(least, more, notice_days, frequency, validity_months, share, round_to, levels)| {
            Terms {
                notice_days,
                frequency,
                validity_months,
                percent: share.map(|(percent, _)| percent),
                above: share.map(|(_, above)| Fen::yuan(above)),
                round_to,
                county_most: levels.map(|(county, _)| Fen::yuan(county)),
                city_most: levels.and_then(|(county, more)| Some(Fen::yuan(county + more?))),
                ..band(least, least + more)
            }
        })
    }

    fn any_rule() -> impl Strategy<Value = Rule> {
        let code = prop::sample::select(vec!["33", "3301", "330106", "330108", "3302"]);
        (code, 2018..2028_i32, any_terms()).prop_map(|(code, from, terms)| rule(code, from, terms))
    }

    proptest! {
        #![proptest_config(ProptestConfig { max_global_rejects: 200_000, ..ProptestConfig::with_cases(10_000) })]

        /// Whatever rows there are, in whatever order they were written: a place below has nothing that the place above has not.
        #[test]
        fn nobody_below_is_allowed_what_is_not_above(
            rules in prop::collection::vec(any_rule(), 1..14),
            year in 2018..2029_i32,
            self_paid in 0..20_000_i64,
            amount in 1..120_i64,
        ) {
            for (above, below) in [("33", "3301"), ("3301", "330106"), ("3301", "330108"), ("33", "3302")] {
                let upper = standard(&rules, &region(above), day(year));
                let lower = standard(&rules, &region(below), day(year));
                if let (Some(upper), Some(lower)) = (upper, lower) {
                    prop_assert!(upper.least.value <= lower.least.value && lower.most.value <= upper.most.value);
                    prop_assert!(lower.least.value <= lower.most.value);
                    prop_assert!(upper.notice_days.value <= lower.notice_days.value);
                    prop_assert!(upper.frequency.value <= lower.frequency.value);
                    prop_assert!(upper.validity_months.value <= lower.validity_months.value);
                    // Whatever is worked out below is no more than above, and no lower level agrees to it.
                    let paid = Fen::yuan(self_paid);
                    if let (Ok(Some(up)), Ok(Some(low))) = (upper.worked(paid), lower.worked(paid)) {
                        prop_assert!(low.amount <= up.amount);
                        prop_assert!(lower.allows(low.amount).is_ok());
                    }
                    prop_assert!(upper.level(Fen::yuan(amount)) <= lower.level(Fen::yuan(amount)));
                }
            }
        }

        /// What fits when it is written is in force as it was written, where it leaves nothing open.
        #[test]
        fn what_fits_counts_as_it_stands(mut rules in prop::collection::vec(any_rule(), 0..5), new in any_rule()) {
            rules.retain(|rule| rule.region != new.region || rule.valid_from < new.valid_from);
            prop_assume!(fits(&rules, &new).is_ok());
            let all: Vec<Rule> = rules.into_iter().chain([new.clone()]).collect();
            let it = standard(&all, &new.region, new.valid_from).unwrap();
            prop_assert_eq!((it.least.value, it.most.value), (new.least, new.most));
            prop_assert_eq!((it.notice_days.value, it.frequency.value), (new.notice_days, new.frequency));
            prop_assert_eq!((it.validity_months.value, it.round_to.value), (new.validity_months, new.round_to));
            for (set, own) in [(&it.above, new.above), (&it.county_most, new.county_most), (&it.city_most, new.city_most)] {
                prop_assert!(own.is_none() || set.as_ref().map(|set| set.value) == own);
            }
            prop_assert!(new.percent.is_none() || it.percent.map(|set| set.value) == new.percent);
        }
    }
}
