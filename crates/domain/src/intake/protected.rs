//! Birth, joining the work, the bank account: of somebody who is there they are changed by request and never by a list. A list asks, with
//! itself for evidence.

use chrono::{Datelike, NaiveDate};
use secrecy::ExposeSecret;

use super::{
    Field, Problem, Record, Repeated,
    apply::{Change, precision},
    lookup::Around,
};
use crate::{
    Context,
    person::{
        Payout, Person, Precision, SealedColumn,
        change::{self, NewChange, Wanted, commands::fits},
        period::Known,
        reveal,
    },
    privacy::CannotSeal,
};

/// What of these a record says otherwise.
pub(super) fn compare(
    cx: &Context,
    around: &Around,
    (row, record): (i32, &Record),
    person: &Person,
    rule: Repeated,
    into: &mut Change,
) -> Result<(), CannotSeal> {
    use change::Field as Protected;

    let date = |known: workbook::Known| Known { on: known.on, precision: precision(known.precision) };
    let ask = |what: Protected, after: Wanted, field: Field, into: &mut Change| {
        if rule != Repeated::Overwrite {
            return Ok(());
        }
        let new = NewChange { field: what, after, effective_on: around.today, evidence: around.source(row) };
        match asked(cx, around, (person, &new))? {
            Some(Err(problem)) => into.wrong.push(problem.of(field)),
            Some(Ok(())) => {
                into.notes.push(Problem::Asked.of(field));
                into.requests.push(new);
            }
            None => {}
        }
        Ok(())
    };
    if let Some(new) = record.born.map(date) {
        let old = Known { on: person.born_on, precision: person.born_precision };
        if new.on > around.today {
            into.wrong.push(Problem::BornInFuture.of(Field::Born));
        } else if !says_the_same(old, new) {
            ask(Protected::Birth, Wanted::Date(new), Field::Born, into)?;
        }
    }
    if let (Some(new), Some(on)) = (record.joined_work.map(date), person.joined_work_on) {
        let old = Known { on, precision: person.joined_work_precision.unwrap_or(Precision::Year) };
        if !says_the_same(old, new) {
            ask(Protected::JoinedWork, Wanted::Date(new), Field::JoinedWork, into)?;
        }
    }
    let Some((number, bank)) = record.payout.clone().zip(record.bank.clone()) else { return Ok(()) };
    let old = reveal::open(cx, person, SealedColumn::Payout).or(Err(CannotSeal))?;
    match old {
        None => {
            let id = person.id.to_string();
            let sealed = cx.seal.seal(SealedColumn::Payout.cell(&id), number.as_str())?;
            let to = &mut into.columns;
            to.payout = sea_orm::Set(Some(sealed));
            to.payout_tail = sea_orm::Set(Some(number.tail()));
            to.payout_bank = sea_orm::Set(Some(bank));
        }
        Some(old) if old.expose_secret() != number.as_str() => {
            ask(Protected::Payout, Wanted::Payout(Payout { number, bank }), Field::Payout, into)?;
        }
        Some(_) => {}
    }
    Ok(())
}

/// Is the one what the other says, or less of it?
fn says_the_same(old: Known, new: Known) -> bool {
    let month = |on: NaiveDate| (on.year(), on.month());
    match new.precision {
        Precision::Year => old.on.year() == new.on.year(),
        Precision::Month => old.precision != Precision::Year && month(old.on) == month(new.on),
        Precision::Day => old == new,
    }
}

/// May it be asked for? `None`: somebody asks for the same already.
fn asked(
    cx: &Context,
    around: &Around,
    (person, new): (&Person, &NewChange),
) -> Result<Option<Result<(), Problem>>, CannotSeal> {
    if let Err(refusal) = fits(person, new, around.today) {
        return Ok(Some(Err(refusal.into())));
    }
    let code = new.field.code();
    let Some(waiting) = around.asked(person.id).iter().find(|waiting| waiting.field == code) else {
        return Ok(Some(Ok(())));
    };
    let (_, after) = change::commands::open(cx, waiting).or(Err(CannotSeal))?;
    Ok((after != new.after).then_some(Err(Problem::Waiting)))
}

#[cfg(test)]
mod tests {
    use super::{Known, says_the_same};

    #[test]
    fn who_knows_less_says_nothing_else() {
        let known = |text: &str| Known::read(text).unwrap();
        for (old, new, same) in [
            ("1944-03-15", "1944-03-15", true),
            ("1944-03-15", "1944年3月", true),
            ("1944-03-15", "1944年", true),
            ("1944-03-15", "1944-03-16", false),
            ("1944-03-15", "1944年4月", false),
            ("1944年3月", "1944-03-15", false),
            ("1944年", "1944年3月", false),
        ] {
            assert_eq!(says_the_same(known(old), known(new)), same, "{old} {new}");
        }
    }
}
