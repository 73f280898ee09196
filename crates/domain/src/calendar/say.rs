//! Dates and times as people say them. Never a code, never a leading zero.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc, Weekday};

use super::{local_date, local_time};

/// 11月3日（星期二）; with the year when it is not this year's.
pub fn date(day: NaiveDate, today: NaiveDate) -> String {
    let year = if day.year() == today.year() { String::new() } else { format!("{}年", day.year()) };
    format!("{year}{}月{}日（{}）", day.month(), day.day(), weekday(day))
}

/// 2026年11月3日, for dates that stand in a record.
pub fn full_date(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// 今天（11月3日，星期二） for today and its neighbours, else as [`date`].
pub fn near(day: NaiveDate, today: NaiveDate) -> String {
    let word = match (day - today).num_days() {
        -1 => "昨天",
        0 => "今天",
        1 => "明天",
        2 => "后天",
        _ => return date(day, today),
    };
    format!("{word}（{}月{}日，{}）", day.month(), day.day(), weekday(day))
}

/// 上午9点, 下午2点30分, 中午12点.
pub fn time(time: NaiveTime) -> String {
    let (part, hour) = match time.hour() {
        0..=5 => ("凌晨", time.hour()),
        6..=11 => ("上午", time.hour()),
        12 => ("中午", 12),
        13..=17 => ("下午", time.hour() - 12),
        _ => ("晚上", time.hour() - 12),
    };
    match time.minute() {
        0 => format!("{part}{hour}点"),
        30 => format!("{part}{hour}点半"),
        minute => format!("{part}{hour}点{minute}分"),
    }
}

/// 明天（11月3日，星期二）上午9点
pub fn moment(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    format!("{}{}", near(local_date(at), local_date(now)), time(local_time(at)))
}

/// 星期二
pub fn weekday(day: NaiveDate) -> &'static str {
    match day.weekday() {
        Weekday::Mon => "星期一",
        Weekday::Tue => "星期二",
        Weekday::Wed => "星期三",
        Weekday::Thu => "星期四",
        Weekday::Fri => "星期五",
        Weekday::Sat => "星期六",
        Weekday::Sun => "星期日",
    }
}

/// 0571 8888 8888 / 138 0000 0007: digits in groups that can be read aloud.
pub fn telephone(digits: &str) -> String {
    let plain: Vec<char> = digits.chars().filter(char::is_ascii_digit).collect();
    let group = |range: std::ops::Range<usize>| plain.get(range).map(|part| part.iter().collect::<String>());
    let groups = match plain.len() {
        11 => [group(0..3), group(3..7), group(7..11)],
        12 => [group(0..4), group(4..8), group(8..12)],
        8 => [group(0..4), group(4..8), None],
        _ => return digits.to_owned(),
    };
    groups.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::{date, moment, telephone};
    use crate::calendar::local_date;

    #[test]
    fn moments_are_said_as_people_say_them() {
        let now = Utc.with_ymd_and_hms(2026, 11, 2, 10, 30, 0).unwrap(); // 18:30 in Hangzhou
        let at = |day, hour, minute| Utc.with_ymd_and_hms(2026, 11, day, hour, minute, 0).unwrap();
        assert_eq!(moment(at(3, 1, 0), now), "明天（11月3日，星期二）上午9点");
        assert_eq!(moment(at(2, 6, 30), now), "今天（11月2日，星期一）下午2点半");
        assert_eq!(moment(at(9, 4, 5), now), "11月9日（星期一）中午12点5分");
        let next_year = Utc.with_ymd_and_hms(2027, 1, 4, 1, 0, 0).unwrap();
        assert_eq!(date(local_date(next_year), local_date(now)), "2027年1月4日（星期一）");
    }

    #[test]
    fn telephone_numbers_come_in_groups() {
        assert_eq!(telephone("13800000007"), "138 0000 0007");
        assert_eq!(telephone("057188888888"), "0571 8888 8888");
        assert_eq!(telephone("12345"), "12345");
    }
}
