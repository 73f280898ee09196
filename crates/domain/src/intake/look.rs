//! Looking at some rows: reading them, looking up what they refer to, judging each.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{
    Intake, Line, Record, Wrong,
    judge::{Judged, indexes, judge, unreadable},
    lookup::{Around, Resolved},
};
use crate::{Context, calendar::local_date, privacy::CannotSeal};

/// Why rows could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    /// A field could not be sealed or opened.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Judges rows, each by itself.
pub(super) async fn look(
    db: &impl ConnectionTrait,
    cx: &Context,
    intake: &Intake,
    lines: &[Line],
    now: DateTime<Utc>,
) -> Result<Vec<Judged>, LookError> {
    let today = local_date(now);
    let (mut records, mut mistakes): (Vec<Record>, Vec<Vec<Wrong>>) = (Vec::new(), Vec::new());
    for line in lines {
        let (record, wrong) = Record::read(&intake.layout.known, &line.cells(&cx.seal)?, today);
        records.push(record);
        mistakes.push(wrong);
    }
    let mut around = Around::places(db, intake, &records, today).await?;
    let mut resolved: Vec<Option<Resolved>> = Vec::with_capacity(records.len());
    for (record, wrong) in records.iter().zip(&mut mistakes) {
        // A record without a unit has said so already.
        resolved.push(if record.unit.is_some() { around.resolve(record, wrong) } else { None });
    }
    let numbers: Vec<_> = records.iter().flat_map(|record| indexes(cx, record, None).0).collect();
    let names: Vec<String> = records.iter().filter_map(|record| record.name.clone()).collect();
    around.people(db, &numbers, &names).await?;

    let mut judged = Vec::with_capacity(lines.len());
    for (((line, record), resolved), wrong) in lines.iter().zip(&records).zip(&resolved).zip(mistakes) {
        judged.push(match resolved {
            Some(resolved) if wrong.is_empty() => judge(cx, &around, (line.row, record, resolved))?,
            resolved => unreadable(cx, (line.row, record, resolved.as_ref()), wrong),
        });
    }
    Ok(judged)
}
