//! When people are visited, and by which day.

use chrono::{Days, NaiveDate};
use sea_orm::{DeriveActiveEnum, EnumIter};

use crate::calendar::Festival;

/// 慰问事由.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Occasion {
    /// 春节.
    SpringFestival,
    /// 重阳.
    DoubleNinth,
    /// 冬送温暖, in January.
    Winter,
    /// 夏送清凉, in July.
    Summer,
    /// 生日.
    Birthday,
    /// 住院.
    Hospital,
}

impl Occasion {
    /// All of them, in the order of forms.
    pub const ALL: [Self; 6] =
        [Self::SpringFestival, Self::DoubleNinth, Self::Winter, Self::Summer, Self::Birthday, Self::Hospital];

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SpringFestival => "spring_festival",
            Self::DoubleNinth => "double_ninth",
            Self::Winter => "winter",
            Self::Summer => "summer",
            Self::Birthday => "birthday",
            Self::Hospital => "hospital",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SpringFestival => "春节慰问",
            Self::DoubleNinth => "重阳慰问",
            Self::Winter => "冬送温暖",
            Self::Summer => "夏送清凉",
            Self::Birthday => "生日慰问",
            Self::Hospital => "住院看望",
        }
    }

    /// The day that everybody has in common; `None`: each has the own, a birthday or the first day in hospital.
    pub fn anchor(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::SpringFestival => Festival::SpringFestival.in_year(year).ok(),
            Self::DoubleNinth => Festival::DoubleNinth.in_year(year).ok(),
            Self::Winter => NaiveDate::from_ymd_opt(year, 1, 1),
            Self::Summer => NaiveDate::from_ymd_opt(year, 7, 1),
            Self::Birthday | Self::Hospital => None,
        }
    }

    /// The days of a plan: a festival's own, the season's month, a month of birthdays. `None`: there are no such days.
    pub fn span(self, year: i32, month: u32) -> Option<(NaiveDate, NaiveDate)> {
        let first = match self {
            Self::Birthday => NaiveDate::from_ymd_opt(year, month, 1)?,
            other => other.anchor(year)?,
        };
        match self {
            Self::SpringFestival | Self::DoubleNinth | Self::Hospital => Some((first, first)),
            Self::Winter | Self::Summer | Self::Birthday => {
                let next = first.checked_add_months(chrono::Months::new(1))?;
                Some((first, next.pred_opt()?))
            }
        }
    }

    /// Are a standard's days counted back from the day? People are visited before a festival and before a birthday; otherwise after
    /// the day.
    pub const fn counts_back(self) -> bool {
        matches!(self, Self::SpringFestival | Self::DoubleNinth | Self::Birthday)
    }

    /// By when somebody is to be visited whose day it is.
    pub fn due(self, day: NaiveDate, days: i32) -> NaiveDate {
        let days = Days::new(u64::try_from(days).unwrap_or_default());
        let due = if self.counts_back() { day.checked_sub_days(days) } else { day.checked_add_days(days) };
        due.unwrap_or(day)
    }

    /// What somebody gets once: an occasion of a year. A birthday's year is that of the calendar in which it is kept.
    pub fn round(self, year: i32) -> String {
        format!("{}/{year}", self.code())
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use sea_orm::ActiveEnum;

    use super::Occasion;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_row_holds_the_code() {
        for one in Occasion::ALL {
            assert_eq!(one.to_value(), one.code());
            assert_eq!(Occasion::parse(one.code()), Some(one));
        }
    }

    #[test]
    fn festivals_are_visited_before_and_seasons_within_their_days() {
        assert_eq!(Occasion::SpringFestival.span(2027, 1), Some((day("2027-02-06"), day("2027-02-06"))));
        assert_eq!(Occasion::Winter.span(2027, 9), Some((day("2027-01-01"), day("2027-01-31"))));
        assert_eq!(Occasion::Birthday.span(2028, 2), Some((day("2028-02-01"), day("2028-02-29"))));
        assert_eq!(Occasion::Birthday.span(2028, 13), None);
        assert_eq!(Occasion::DoubleNinth.due(day("2026-10-18"), 7), day("2026-10-11"));
        assert_eq!(Occasion::Hospital.due(day("2026-10-30"), 3), day("2026-11-02"));
    }
}
