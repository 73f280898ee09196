//! Dates as clerks write them, with how much of them is known.

use chrono::{Datelike, NaiveDate};

use super::{Cell, Mistake, days_of, plain, tidy};

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// The day.
    Day,
    /// The month; the day is the first.
    Month,
    /// The year; the day is the first of January.
    Year,
}

/// A date and how much of it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The day, or the first day of what is known.
    pub on: NaiveDate,
    /// How much.
    pub precision: Precision,
}

/// Reads a date: `1948.3.2`, `1948-03-02`, `1948/3/2`, `1948年3月2日`, `19480302`, `1949年9月`, `1949.9`, `49.9`, `194909`, `1949`, or a
/// cell that the program shows as a date. A year of two digits belongs to the last century unless it may be one of this. `None`: the
/// cell is blank.
pub fn when(cell: &Cell, today: NaiveDate) -> Result<Option<Known>, Mistake> {
    match cell {
        Cell::Text(text) => {
            let text = tidy(text);
            if text.is_empty() { Ok(None) } else { written(&text, today).map(Some) }
        }
        Cell::Serial(text) => {
            let on = days_of(text).ok_or(Mistake::NotADate)?;
            Ok(Some(Known { on, precision: Precision::Day }))
        }
        Cell::Number(text) => number(&plain(text).ok_or(Mistake::NotADate)?, today).map(Some),
        Cell::Failed(_) => Err(Mistake::Failed),
    }
}

/// A number without a date's format: a year, six or eight digits, `1949.9`, or days that lost their format.
fn number(text: &str, today: NaiveDate) -> Result<Known, Mistake> {
    if let Some((_, month)) = text.split_once('.') {
        // The program drops a zero at the end.
        return if month == "1" { Err(Mistake::JanuaryOrOctober) } else { written(text, today) };
    }
    match text.parse::<u32>() {
        Ok(1000..=1899 | 2101..=80_000) => {
            let on = days_of(text).ok_or(Mistake::NotADate)?;
            Ok(Known { on, precision: Precision::Day })
        }
        _ => written(text, today),
    }
}

fn written(text: &str, today: NaiveDate) -> Result<Known, Mistake> {
    // A time behind the day, as some exports have it.
    let text =
        text.split_once([' ', 'T']).map_or(text, |(day, time)| if time.contains(':') { day } else { text });
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let named = text.contains('年');
    let text = text.trim_end_matches(['日', '号', '月', '年', '.', '。', '生']);
    let mut parts: Vec<&str> =
        text.split(['.', '-', '/', '年', '月', '．', '—', '－', '／', '、', '。', '·']).collect();
    if let [one] = parts.as_slice()
        && one.bytes().all(|b| b.is_ascii_digit())
    {
        parts = match one.len() {
            8 => vec![one.get(..4).unwrap_or(""), one.get(4..6).unwrap_or(""), one.get(6..).unwrap_or("")],
            6 => vec![one.get(..4).unwrap_or(""), one.get(4..).unwrap_or("")],
            4 => vec![one],
            2 if named => vec![one],
            _ => return Err(Mistake::NotADate),
        };
    }
    let mut numbers = parts.iter().map(|part| small(part));
    let year = parts.first().ok_or(Mistake::NotADate)?;
    let year = full_year(year, numbers.next().flatten(), today)?;
    let (month, day) = match (numbers.next(), numbers.next(), numbers.next()) {
        (None, ..) => (None, None),
        (Some(Some(month)), None, _) => (Some(month), None),
        (Some(Some(month)), Some(Some(day)), None) => (Some(month), Some(day)),
        _ => return Err(Mistake::NotADate),
    };
    let precision = match (month, day) {
        (None, _) => Precision::Year,
        (_, None) => Precision::Month,
        _ => Precision::Day,
    };
    let on = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1)).ok_or(Mistake::NoSuchDay)?;
    Ok(Known { on, precision })
}

/// At most four digits.
fn small(part: &str) -> Option<u32> {
    let fits = matches!(part.len(), 1..=4) && part.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| part.parse().ok()).flatten()
}

fn full_year(written: &str, year: Option<u32>, today: NaiveDate) -> Result<i32, Mistake> {
    let year = year.and_then(|year| i32::try_from(year).ok()).ok_or(Mistake::NotADate)?;
    match written.len() {
        4 if (1800..=2200).contains(&year) => Ok(year),
        2 if year > today.year().rem_euclid(100) => Ok(1900 + year),
        2 => Err(Mistake::WhichCentury),
        _ => Err(Mistake::NotADate),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::{Cell, Known, Mistake, Precision, when};

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    #[expect(clippy::unnecessary_wraps, reason = "what is compared with is wrapped")]
    fn day(year: i32, month: u32, day: u32, precision: Precision) -> Result<Option<Known>, Mistake> {
        Ok(Some(Known { on: NaiveDate::from_ymd_opt(year, month, day).unwrap(), precision }))
    }

    fn text(text: &str) -> Result<Option<Known>, Mistake> {
        when(&Cell::Text(text.to_owned()), today())
    }

    #[test]
    fn a_day_is_read_however_it_is_written() {
        for written in [
            "1948.3.2",
            "1948-03-02",
            "1948/3/2",
            "1948年3月2日",
            "1948 年 3 月 2 日",
            "１９４８．３．２",
            "19480302",
            "1948年03月02号",
            " 1948.03.02 ",
            "1948-03-02 00:00:00",
            "1948-03-02T00:00:00",
            "48.3.2",
            "'1948.3.2",
        ] {
            assert_eq!(text(written), day(1948, 3, 2, Precision::Day), "{written:?}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_made_up() {
        for written in ["1949年9月", "1949.9", "1949-09", "194909", "49.9", "49年9月", "1949.09."] {
            assert_eq!(text(written), day(1949, 9, 1, Precision::Month), "{written:?}");
        }
        assert_eq!(text("1949.10"), day(1949, 10, 1, Precision::Month));
        for written in ["1949", "1949年", "49年"] {
            assert_eq!(text(written), day(1949, 1, 1, Precision::Year), "{written:?}");
        }
    }

    #[test]
    fn what_may_mean_two_things_is_asked() {
        assert_eq!(text("05.9"), Err(Mistake::WhichCentury));
        assert_eq!(text("1948.2.30"), Err(Mistake::NoSuchDay));
        assert_eq!(text("1948.13"), Err(Mistake::NoSuchDay));
        for written in ["不详", "1948.3.2.1", "948.3.2", "1948..2", "3.2.1948", "12345", "1948-3-200000"] {
            assert_eq!(text(written), Err(Mistake::NotADate), "{written:?}");
        }
        assert_eq!(text("　"), Ok(None));
    }

    #[test]
    fn numbers_are_dates_too() {
        let number = |text: &str| when(&Cell::Number(text.to_owned()), today());
        assert_eq!(number("17594"), day(1948, 3, 2, Precision::Day));
        assert_eq!(number("1949"), day(1949, 1, 1, Precision::Year));
        assert_eq!(number("194909"), day(1949, 9, 1, Precision::Month));
        assert_eq!(number("19480302"), day(1948, 3, 2, Precision::Day));
        assert_eq!(number("1949.9"), day(1949, 9, 1, Precision::Month));
        assert_eq!(number("49.9"), day(1949, 9, 1, Precision::Month));
        assert_eq!(number("1949.1"), Err(Mistake::JanuaryOrOctober));
        let serial = when(&Cell::Serial("17594".to_owned()), today());
        assert_eq!(serial, day(1948, 3, 2, Precision::Day));
        assert_eq!(when(&Cell::Failed("#REF!".to_owned()), today()), Err(Mistake::Failed));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(written in ".{0,24}") {
            let _ = text(&written);
            let _ = when(&Cell::Number(written.clone()), today());
            let _ = when(&Cell::Serial(written), today());
        }

        #[test]
        fn every_day_reads_back(days in 0..80_000_i64) {
            let on = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::TimeDelta::days(days);
            for format in ["%Y.%-m.%-d", "%Y-%m-%d", "%Y年%-m月%-d日", "%Y%m%d", "%Y/%m/%d"] {
                let read = text(&on.format(format).to_string());
                prop_assert_eq!(read, Ok(Some(Known { on, precision: Precision::Day })));
            }
        }
    }
}
