//! How an event repeats, as the documentation has it.

use dingtalk::calendar::{Pattern, Recurrence, RecurrenceRange};

use crate::forms::Strict;
use crate::world::Refusal;

const PATTERNS: [&str; 5] = ["daily", "weekly", "absoluteMonthly", "relativeMonthly", "absoluteYearly"];
const RANGES: [&str; 3] = ["noEnd", "endDate", "numbered"];

pub(super) fn read(mut recurrence: Strict) -> Result<Recurrence, Refusal> {
    let pattern = pattern(recurrence.object("pattern")?)?;
    let range = range(recurrence.object("range")?)?;
    recurrence.done()?;
    Ok(Recurrence { pattern, range })
}

fn pattern(mut fields: Strict) -> Result<Pattern, Refusal> {
    let pattern = Pattern {
        kind: one_of(&mut fields, &PATTERNS)?,
        interval: fields.number("interval")?,
        day_of_month: fields.optional_number("dayOfMonth")?,
        days_of_week: fields.optional_text("daysOfWeek")?,
        index: fields.optional_text("index")?,
        first_day_of_week: fields.optional_text("firstDayOfWeek")?,
    };
    fields.done()?;
    if !(1..=365).contains(&pattern.interval) {
        return Err(Refusal::Parameter("Recurrence interval must between [1, 365]".to_owned()));
    }
    Ok(pattern)
}

fn range(mut fields: Strict) -> Result<RecurrenceRange, Refusal> {
    let range = RecurrenceRange {
        kind: one_of(&mut fields, &RANGES)?,
        end_date: fields.optional_text("endDate")?,
        number_of_occurrences: fields.optional_number("numberOfOccurrences")?,
    };
    if range.end_date.is_some() && range.number_of_occurrences.is_some() {
        return Err(fields.complaint("endDate", "and numberOfOccurrences exclude each other"));
    }
    fields.done()?;
    if range.number_of_occurrences.is_some_and(|times| !(1..=99).contains(&times)) {
        let why = "Recurrence range numberOfOccurrences must between [1, 99]";
        return Err(Refusal::Parameter(why.to_owned()));
    }
    Ok(range)
}

fn one_of(fields: &mut Strict, known: &[&str]) -> Result<String, Refusal> {
    let kind = fields.text("type")?;
    if known.contains(&kind.as_str()) { Ok(kind) } else { Err(fields.complaint("type", "is not known")) }
}
