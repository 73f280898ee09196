//! The terms of a standard of aid in words, and read from a form.

use domain::aid::standard::{Field, Frequency, Standard, Terms, Value, Worked};
use ledger::Fen;
use serde::Deserialize;

use crate::page::{Answer, Choice, Mistakes};

/// What the form holds.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) least: String,
    pub(super) most: String,
    pub(super) days: String,
    pub(super) often: String,
    pub(super) months: String,
    pub(super) percent: String,
    pub(super) above: String,
    pub(super) round: String,
    pub(super) county: String,
    pub(super) city: String,
}

impl Typed {
    /// A form in which what is usual stands already.
    pub(super) fn usual() -> Self {
        Self { days: "5".to_owned(), months: "12".to_owned(), round: "100".to_owned(), ..Self::default() }
    }
}

pub(super) fn often() -> Vec<Choice> {
    let notes = ["", "上一次还管着，就不再帮", "同一年的经费只帮一次"];
    let all = Frequency::all().zip(notes);
    all.map(|(one, note)| Choice::new(one.code(), one.label()).noted(note)).collect()
}

pub(super) fn rounds() -> Vec<Choice> {
    let name = |to: Fen| match to.fen() {
        1 => "到分".to_owned(),
        fen => format!("到{}元", fen / 100),
    };
    Terms::ROUNDINGS.into_iter().map(|to| Choice::new(to.fen().to_string(), name(to))).collect()
}

/// Beside which field of the form a value of the standard stands.
pub(super) const fn input(field: Field) -> &'static str {
    match field {
        Field::Least => "least",
        Field::Most => "most",
        Field::NoticeDays => "days",
        Field::Frequency => "often",
        Field::Validity => "months",
        Field::Percent => "percent",
        Field::Above => "above",
        Field::RoundTo => "round",
        Field::CountyMost => "county",
        Field::CityMost => "city",
    }
}

/// Reads them; every mistake beside its field.
pub(super) fn read(typed: &Typed, mistakes: &mut Mistakes) -> Option<Terms> {
    let sum = |text: &str, words| text.trim().parse::<Fen>().or(Err(words));
    let whole = |text: &str, words| text.trim().parse::<i32>().or(Err(words));
    let least = mistakes.need("least", sum(&typed.least, "请写最低金额，例如1000"));
    let most = mistakes.need("most", sum(&typed.most, "请写最高金额，例如5000"));
    let notice_days = mistakes.need("days", whole(&typed.days, "请写公示几个工作日"));
    let frequency = mistakes.need("often", Frequency::parse(&typed.often).ok_or("请选帮几次"));
    let months = mistakes.need("months", whole(&typed.months, "请写管几个月，例如12"));
    let round = typed.round.parse().ok().map(Fen).filter(|to| Terms::ROUNDINGS.contains(to));
    let round_to = mistakes.need("round", round.ok_or("请选舍到多少"));
    let percent = open(&typed.percent, |text| whole(text, "请写1到100的整数"));
    let percent = mistakes.need("percent", percent);
    let above = mistakes.need("above", open(&typed.above, |text| sum(text, "请写金额，例如10000")));
    let county = mistakes.need("county", open(&typed.county, |text| sum(text, "请写金额，例如2000")));
    let city = mistakes.need("city", open(&typed.city, |text| sum(text, "请写金额，例如4000")));
    let terms = Terms {
        least: least?,
        most: most?,
        notice_days: notice_days?,
        frequency: frequency?,
        validity_months: months?,
        percent: percent?,
        above: above?,
        round_to: round_to?,
        county_most: county?,
        city_most: city?,
    };
    match (terms.percent, terms.above) {
        (Some(_), None) => mistakes.add("above", "请写自付超过多少才算，没有就写0"),
        (None, Some(_)) => mistakes.add("percent", "请写百分之几"),
        _ => {}
    }
    if terms.city_most.is_some() && terms.county_most.is_none_or(|county| terms.city_most < Some(county)) {
        mistakes.add("county", "先写县级批到多少，不比市级高");
    }
    Some(terms)
}

/// Empty: left open.
fn open<T>(
    text: &str,
    read: impl FnOnce(&str) -> Result<T, &'static str>,
) -> Result<Option<T>, &'static str> {
    if text.trim().is_empty() { Ok(None) } else { read(text).map(Some) }
}

/// What a row says, line by line.
pub(super) fn said(terms: &Terms) -> Vec<Answer> {
    let mut lines = vec![
        Answer::new("金额", band(terms.least, terms.most)),
        Answer::new("公示", days(terms.notice_days)),
        Answer::new("次数", terms.frequency.label()),
        Answer::new("管多久", months(terms.validity_months)),
    ];
    if let (Some(percent), Some(above)) = (terms.percent, terms.above) {
        let words = format!("自付超过{above}的部分，算{percent}%，舍到{}", terms.round_to);
        lines.push(Answer::new("怎么算", words));
    }
    let levels = match (terms.county_most, terms.city_most) {
        (None, _) => return lines,
        (Some(county), None) => format!("{county}以内县级批，再多市级批"),
        (Some(county), Some(city)) => format!("{county}以内县级批，{city}以内市级批，再多省级批"),
    };
    lines.push(Answer::new("谁批", levels));
    lines
}

/// An amount that was worked out, with every number.
pub(super) fn worked(it: &Worked) -> String {
    let Worked { self_paid, above, percent, share, round_to, rounded, most, amount } = it;
    let capped = if rounded > most { format!("，最多{amount}") } else { String::new() };
    format!("自付{self_paid}，减去{above}，算{percent}%，是{share}，舍到{round_to}，是{rounded}{capped}")
}

/// The range, or the one amount.
pub(super) fn band(least: Fen, most: Fen) -> String {
    if least == most { least.to_string() } else { format!("{least}到{most}") }
}

fn days(days: i32) -> String {
    format!("{days}个工作日")
}

fn months(months: i32) -> String {
    format!("{months}个月")
}

/// Every value that is in force, with the row that sets it.
pub(super) fn each<L>(it: &Standard, mut line: impl FnMut(&'static str, String, Why<'_>) -> L) -> Vec<L> {
    let mut lines = vec![
        line(Field::Least.label(), it.least.value.to_string(), Why::of(&it.least)),
        line(Field::Most.label(), it.most.value.to_string(), Why::of(&it.most)),
        line(Field::NoticeDays.label(), days(it.notice_days.value), Why::of(&it.notice_days)),
        line(Field::Frequency.label(), it.frequency.value.label().to_owned(), Why::of(&it.frequency)),
        line(Field::Validity.label(), months(it.validity_months.value), Why::of(&it.validity_months)),
    ];
    if let Some(percent) = &it.percent {
        lines.push(line(Field::Percent.label(), format!("{}%", percent.value), Why::of(percent)));
    }
    let sums =
        [(Field::Above, &it.above), (Field::CountyMost, &it.county_most), (Field::CityMost, &it.city_most)];
    for (field, value) in sums {
        if let Some(value) = value {
            lines.push(line(field.label(), value.value.to_string(), Why::of(value)));
        }
    }
    if it.percent.is_some() {
        lines.push(line(Field::RoundTo.label(), it.round_to.value.to_string(), Why::of(&it.round_to)));
    }
    lines
}

/// Whose row, since when, by which document.
pub(super) struct Why<'a> {
    pub(super) region: &'a domain::ids::RegionCode,
    pub(super) since: chrono::NaiveDate,
    pub(super) source: &'a str,
}

impl<'a> Why<'a> {
    fn of<T>(value: &'a Value<T>) -> Self {
        Self { region: &value.region, since: value.since, source: &value.source }
    }
}
