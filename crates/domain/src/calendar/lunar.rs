//! The lunar calendar 1900–2100 (GB/T 33661-2017), from the ICU4X library. The tests hold it against the festivals that were
//! computed independently for 2025–2035, the leap months of those years, and the identity over every day of two centuries.

use chrono::{Datelike, Days, NaiveDate};
use icu_calendar::{Date, cal::ChineseTraditional, types::Month};

/// The day is before 1900-01-31 or after 2100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the lunar calendar is known from 1900 to 2100")]
pub struct NotInRange;

/// A lunar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LunarDate {
    /// The solar year in which the lunar year begins.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 闰月.
    pub leap: bool,
    /// 1 to 30.
    pub day: u8,
}

impl LunarDate {
    /// The lunar day of a solar one.
    pub fn of(day: NaiveDate) -> Result<Self, NotInRange> {
        if !(1900..=2100).contains(&day.year()) {
            return Err(NotInRange);
        }
        let (month, date) = (u8::try_from(day.month()), u8::try_from(day.day()));
        let iso = Date::try_new_iso(day.year(), month.or(Err(NotInRange))?, date.or(Err(NotInRange))?);
        let lunar = iso.or(Err(NotInRange))?.to_calendar(ChineseTraditional::new());
        let month = lunar.month().to_input();
        Ok(Self {
            year: lunar.cyclic_year().related_iso,
            month: month.number(),
            leap: month.is_leap(),
            day: lunar.day_of_month().0,
        })
    }

    /// The solar day, if the lunar one exists.
    pub fn solar(self) -> Result<NaiveDate, NotInRange> {
        if !(1899..=2100).contains(&self.year) {
            return Err(NotInRange);
        }
        let month = if self.leap { Month::leap(self.month) } else { Month::new(self.month) };
        let date = Date::try_new_chinese_traditional(self.year, month, self.day).or(Err(NotInRange))?;
        let iso = date.to_calendar(icu_calendar::Iso);
        let (year, month, day) = (iso.year().extended_year(), iso.month().ordinal, iso.day_of_month().0);
        NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)).ok_or(NotInRange)
    }
}

/// Festivals that move with the moon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Festival {
    /// 春节
    SpringFestival,
    /// 元宵
    Lantern,
    /// 端午
    DragonBoat,
    /// 中秋
    MidAutumn,
    /// 重阳, the legal day of the elderly.
    DoubleNinth,
    /// 除夕, the last day of the lunar year: the 29th or the 30th.
    NewYearsEve,
}

impl Festival {
    /// When it is in the lunar year that begins in this solar year.
    pub fn in_year(self, year: i32) -> Result<NaiveDate, NotInRange> {
        let on = |month, day| LunarDate { year, month, leap: false, day }.solar();
        match self {
            Self::SpringFestival => on(1, 1),
            Self::Lantern => on(1, 15),
            Self::DragonBoat => on(5, 5),
            Self::MidAutumn => on(8, 15),
            Self::DoubleNinth => on(9, 9),
            Self::NewYearsEve => {
                let next = LunarDate { year: year + 1, month: 1, leap: false, day: 1 }.solar()?;
                next.checked_sub_days(Days::new(1)).ok_or(NotInRange)
            }
        }
    }
}

/// When a birthday that is kept by the moon falls in a lunar year. A 30th in a month of 29 days is kept on the 29th; one of a leap
/// month in a year without it, in the plain month.
pub fn birthday_in(year: i32, month: u8, leap: bool, day: u8) -> Result<NaiveDate, NotInRange> {
    let days = [day, day.min(29)];
    let leaps = [leap, false];
    leaps
        .into_iter()
        .flat_map(|leap| days.map(|day| LunarDate { year, month, leap, day }))
        .find_map(|date| date.solar().ok())
        .ok_or(NotInRange)
}

/// 虚岁: one at birth, and one more at each lunar new year.
pub fn nominal_age(born: NaiveDate, on: NaiveDate) -> Result<i32, NotInRange> {
    Ok(LunarDate::of(on)?.year - LunarDate::of(born)?.year + 1)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Festival, LunarDate, birthday_in, nominal_age};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn festivals_fall_where_they_were_computed() {
        // 春节 元宵 端午 中秋 重阳 除夕 (the last in the next solar year)
        let table = [
            "2025 01-29 02-12 05-31 10-06 10-29 2026-02-16",
            "2026 02-17 03-03 06-19 09-25 10-18 2027-02-05",
            "2027 02-06 02-20 06-09 09-15 10-08 2028-01-25",
            "2028 01-26 02-09 05-28 10-03 10-26 2029-02-12",
            "2029 02-13 02-27 06-16 09-22 10-16 2030-02-02",
            "2030 02-03 02-17 06-05 09-12 10-05 2031-01-22",
            "2031 01-23 02-06 06-24 10-01 10-24 2032-02-10",
            "2032 02-11 02-25 06-12 09-19 10-12 2033-01-30",
            "2033 01-31 02-14 06-01 09-08 10-01 2034-02-18",
            "2034 02-19 03-05 06-20 09-27 10-20 2035-02-07",
            "2035 02-08 02-22 06-10 09-16 10-09 2036-01-27",
        ];
        let festivals = [
            Festival::SpringFestival,
            Festival::Lantern,
            Festival::DragonBoat,
            Festival::MidAutumn,
            Festival::DoubleNinth,
            Festival::NewYearsEve,
        ];
        for line in table {
            let mut fields = line.split(' ');
            let year = fields.next().unwrap();
            for (festival, text) in festivals.into_iter().zip(fields) {
                let expected = if text.len() == 5 { day(&format!("{year}-{text}")) } else { day(text) };
                assert_eq!(festival.in_year(year.parse().unwrap()), Ok(expected), "{festival:?} {year}");
            }
        }
    }

    #[test]
    fn leap_months_are_where_the_standard_puts_them() {
        for year in 2025..=2035 {
            let leap =
                (1..=12).find(|month| LunarDate { year, month: *month, leap: true, day: 1 }.solar().is_ok());
            let expected = match year {
                2025 => Some(6),
                2028 => Some(5),
                2031 => Some(3),
                2033 => Some(11),
                _ => None,
            };
            assert_eq!(leap, expected, "{year}");
        }
    }

    #[test]
    fn every_day_of_two_centuries_comes_back() {
        let days = day("1900-01-31")
            .iter_days()
            .take_while(|day| *day <= NaiveDate::from_ymd_opt(2100, 12, 31).unwrap());
        for day in days {
            assert_eq!(LunarDate::of(day).unwrap().solar(), Ok(day));
        }
    }

    #[test]
    fn birthdays_that_a_year_lacks_are_kept_nearby() {
        // 2026 has no leap month: a birthday of a leap sixth month is kept in the sixth.
        assert_eq!(birthday_in(2026, 6, true, 10), birthday_in(2026, 6, false, 10));
        assert_ne!(birthday_in(2025, 6, true, 10), birthday_in(2025, 6, false, 10));
        for year in 1950..2050 {
            for month in 1..=12 {
                let kept = LunarDate::of(birthday_in(year, month, false, 30).unwrap()).unwrap();
                assert!(kept.month == month && kept.day >= 29, "{year}-{month}");
            }
        }
    }

    #[test]
    fn the_nominal_age_ticks_at_the_lunar_new_year() {
        let born = day("1936-02-01");
        assert_eq!(nominal_age(born, day("2026-02-16")), Ok(90));
        assert_eq!(nominal_age(born, day("2026-02-17")), Ok(91));
        // Born in the last days of the lunar year: two within days of birth.
        assert_eq!(nominal_age(day("1936-01-20"), day("1936-01-24")), Ok(2));
    }
}
