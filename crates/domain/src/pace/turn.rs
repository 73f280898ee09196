//! Taking turns. A row says when the next call of its kind would be due if calls came evenly; a few may come before that. In any span
//! there are then never more than allowed, and the row is all that has to be kept (the generic cell rate algorithm).
//!
//! The time is the database's, so that servers whose clocks differ keep one pace; a clock that nobody can turn for a demonstration.

use std::time::Duration;

use mailbox::turn::Writer;
use sea_orm::{DbBackend, DbErr, FromQueryResult, Statement, Value};

/// A mark further ahead than this was set by a clock that has been turned back since; it is not believed.
const LONGEST: &str = "600000";

/// So many calls at most in any span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Whose: two rates of one name are one.
    pub name: String,
    /// At least 1.
    pub calls: u32,
    /// How long; at most five minutes.
    pub span: Duration,
}

impl Rate {
    /// A fifth of the calls may come at once, the others evenly: together never more than allowed.
    fn at_once(&self) -> u32 {
        (self.calls / 5).max(1)
    }

    /// Milliseconds between even calls.
    fn step(&self) -> i64 {
        let even = (self.calls.saturating_sub(self.at_once())).max(1);
        let span = u64::try_from(self.span.as_millis()).unwrap_or(u64::MAX);
        i64::try_from(span.div_ceil(u64::from(even))).unwrap_or(i64::MAX).max(1)
    }

    /// How far the mark may be ahead.
    fn slack(&self) -> i64 {
        self.step().saturating_mul(i64::from(self.at_once()) - 1)
    }
}

/// What the statement says about one rate.
#[derive(FromQueryResult)]
struct Turn {
    took: bool,
    wait_ms: i64,
}

/// Takes a turn of each rate. `None`: go. Otherwise not before so long; a rate that had a turn may have lost it, which can make the next
/// call later and never earlier. Say the rates in the same order everywhere.
pub async fn take(db: &impl Writer, rates: &[Rate]) -> Result<Option<Duration>, DbErr> {
    let backend = db.get_database_backend();
    let now = now(backend);
    let mut values: Vec<Value> = Vec::with_capacity(rates.len() * 3);
    let mut rows = Vec::with_capacity(rates.len());
    for (rate, first) in rates.iter().zip((1..).step_by(3)) {
        values.extend([rate.name.as_str().into(), rate.step().into(), rate.slack().into()]);
        let (name, step, slack) = (first, first + 1, first + 2);
        rows.push(format!("(${name}, {now} + ${step}, ${step}, ${slack}, TRUE)"));
    }
    let ahead = format!("call_pace.next_ms > {now} AND call_pace.next_ms <= {now} + {LONGEST}");
    let refused = format!("{ahead} AND call_pace.next_ms - excluded.slack_ms > {now}");
    let sql = format!(
        "INSERT INTO call_pace (name, next_ms, step_ms, slack_ms, took) VALUES {} \
         ON CONFLICT (name) DO UPDATE SET step_ms = excluded.step_ms, slack_ms = excluded.slack_ms, \
         took = CASE WHEN {refused} THEN FALSE ELSE TRUE END, \
         next_ms = CASE WHEN {refused} THEN call_pace.next_ms \
         WHEN {ahead} THEN call_pace.next_ms + excluded.step_ms ELSE {now} + excluded.step_ms END \
         RETURNING took, next_ms - slack_ms - {now} AS wait_ms",
        rows.join(", ")
    );
    let _turn = db.turn().await;
    let turns = Turn::find_by_statement(Statement::from_sql_and_values(backend, sql, values)).all(db).await?;
    let wait = turns.iter().filter(|turn| !turn.took).map(|turn| turn.wait_ms.max(1)).max();
    Ok(wait.map(|ms| Duration::from_millis(ms.unsigned_abs())))
}

/// Nobody takes a turn of this name for so long, at most five minutes.
pub async fn hold(db: &impl Writer, name: &str, time: Duration) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let now = now(backend);
    let sql = format!(
        "INSERT INTO call_pace (name, next_ms, step_ms, slack_ms, took) VALUES ($1, {now} + $2, 1, 0, FALSE) \
         ON CONFLICT (name) DO UPDATE SET next_ms = {now} + $2 + call_pace.slack_ms"
    );
    let ms = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    let _turn = db.turn().await;
    db.execute_raw(Statement::from_sql_and_values(backend, sql, [Value::from(name), ms.into()])).await?;
    Ok(())
}

/// Milliseconds since 1970, the same throughout a statement.
const fn now(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "CAST(extract(epoch FROM statement_timestamp()) * 1000 AS bigint)",
        _ => "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Rate;

    /// The most calls that a rate lets pass in its span, whenever that begins.
    fn most(rate: &Rate) -> i64 {
        let span = i64::try_from(rate.span.as_millis()).unwrap();
        i64::from(rate.at_once()) + (span - 1) / rate.step()
    }

    #[test]
    fn no_span_has_more_than_allowed_and_most_of_them_are_used() {
        for (calls, seconds) in [(1, 1), (2, 1), (20, 1), (60, 1), (20, 60), (10_000, 20)] {
            let rate = Rate { name: String::new(), calls, span: Duration::from_secs(seconds) };
            assert!(most(&rate) <= i64::from(calls), "{rate:?} {}", most(&rate));
            assert!(calls < 20 || most(&rate) * 100 >= i64::from(calls) * 75, "{rate:?} {}", most(&rate));
        }
    }
}
