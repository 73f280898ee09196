//! Ages. 周岁 for every rule, 虚岁 for celebrations.

use chrono::{Datelike, NaiveDate};

/// 周岁 on a date: full years. Somebody born on 29 February is a year older on 1 March of other years
/// (an age is reached when the day has come, and in such years it comes no earlier).
/// Before the birth it is zero.
pub fn full_years(born_on: NaiveDate, on: NaiveDate) -> u32 {
    on.years_since(born_on).unwrap_or_default()
}

/// 虚岁: one at birth, one more at each lunar New Year. Both years are lunar years (the year whose New Year
/// came last): the calendar knows them, this does not.
pub fn nominal_years(born_in_lunar_year: i32, in_lunar_year: i32) -> u32 {
    u32::try_from(in_lunar_year - born_in_lunar_year + 1).unwrap_or_default()
}

/// The day on which somebody reaches an age in full years.
pub fn reaches(born_on: NaiveDate, age: u32) -> Option<NaiveDate> {
    let year = born_on.year().checked_add(i32::try_from(age).ok()?)?;
    born_on.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{full_years, nominal_years, reaches};

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn full_years_tick_on_the_birthday() {
        let born = date(1944, 3, 15);
        assert_eq!(full_years(born, date(2026, 3, 14)), 81);
        assert_eq!(full_years(born, date(2026, 3, 15)), 82);
        assert_eq!(full_years(born, date(1940, 1, 1)), 0);
        let leap = date(1944, 2, 29);
        assert_eq!(full_years(leap, date(2026, 2, 28)), 81);
        assert_eq!(full_years(leap, date(2026, 3, 1)), 82);
        assert_eq!(full_years(leap, date(2028, 2, 29)), 84);
    }

    #[test]
    fn reaching_an_age_is_the_first_day_of_that_age() {
        for born in [date(1944, 3, 15), date(1944, 2, 29), date(1946, 12, 31)] {
            let day = reaches(born, 80).unwrap();
            assert_eq!(
                (full_years(born, day), full_years(born, day.pred_opt().unwrap())),
                (80, 79),
                "{born}"
            );
        }
    }

    #[test]
    fn nominal_years_count_new_years() {
        assert_eq!(nominal_years(1937, 2026), 90);
        assert_eq!(nominal_years(2026, 2026), 1);
    }
}
