//! Measures the audit chain.
//!
//! * `chain fill URL ROWS` makes a chain of so many rows over three years, done by 300 logins, about everybody in the register, or 460,000 people
//!   who are in none.
//! * `chain verify URL` walks through it and says how many rows a second, and of how much of this process's time.
//! * `chain who URL TIMES` asks so often who looked at one of the people in one of the months, as the page does.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command says what it found")]

use std::{
    error::Error,
    time::{Duration, Instant},
};

use audit::{Key, Search, Verdict};
use chrono::{DateTime, Months, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait};

/// People and logins.
const PEOPLE: usize = 460_000;
const LOGINS: i64 = 300;
/// What counts as a look.
const LOOKS: [&str; 4] = ["person.seen", "person.revealed", "person.contact_revealed", "aid.answers_read"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["fill", url, rows] => fill(&open(url).await?, rows.parse()?).await,
        ["verify", url] => verify(&open(url).await?).await,
        ["who", url, times] => who(&open(url).await?, times.parse()?).await,
        _ => Err("usage: chain fill URL ROWS | chain verify URL | chain who URL TIMES".into()),
    }
}

async fn open(url: &str) -> Result<DatabaseConnection, Box<dyn Error>> {
    let patient = Duration::from_hours(1);
    let options = schema::Options { statement_timeout: patient, ..schema::Options::default() };
    Ok(schema::connect(url, &options).await?)
}

fn key() -> Result<Key, audit::KeyTooShort> {
    Key::from_bytes(&[0x42; 32])
}

fn began() -> DateTime<Utc> {
    DateTime::from_timestamp(1_704_067_200, 0).unwrap_or_default()
}

/// The people whom the rows are about, as subjects.
struct People(Vec<String>);

impl People {
    async fn of(db: &DatabaseConnection) -> Result<Self, DbErr> {
        let asked = "SELECT replace(CAST(id AS text), '-', '') FROM person ORDER BY id";
        let rows = db.query_all_raw(Statement::from_string(DbBackend::Postgres, asked)).await?;
        let mut ids: Vec<String> =
            rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
        if ids.is_empty() {
            ids.extend((0..PEOPLE).map(|number| format!("018f0000000070008000{number:012x}")));
        }
        Ok(Self(ids.into_iter().map(|id| format!("person/{id}")).collect()))
    }

    /// Scattered, and the same each time.
    fn nth(&self, number: i64) -> String {
        let scattered = number.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
        let at = usize::try_from(scattered).unwrap_or_default() % self.0.len().max(1);
        self.0.get(at).cloned().unwrap_or_default()
    }
}

#[expect(clippy::disallowed_methods, reason = "PostgreSQL alone, and nobody else writes")]
async fn fill(db: &DatabaseConnection, rows: i64) -> Result<(), Box<dyn Error>> {
    schema::migrate(db).await?;
    let indexes = without_indexes(db).await?;
    let years = TimeDelta::days(3 * 365).num_microseconds().unwrap_or_default();
    let (step, begun, mut at) = (TimeDelta::microseconds(years / rows.max(1)), Instant::now(), began());
    let (key, people, mut done) = (key()?, People::of(db).await?, 0);
    while done < rows {
        let some = (rows - done).min(300_000);
        let tx = db.begin().await?;
        let row = |seq: i64| {
            let action = LOOKS.get(usize::try_from(seq % 6).unwrap_or_default()).copied();
            (format!("login{}", seq % LOGINS), action.unwrap_or("person.contact_changed"), people.nth(seq))
        };
        audit::testing::fill(&tx, &key, some, (at, step), row).await?;
        tx.commit().await?;
        done += some;
        at += step * i32::try_from(some)?;
        eprint!("\r{done} of {rows} rows, {:.0} s", begun.elapsed().as_secs_f64());
    }
    for index in indexes {
        db.execute_unprepared(&index).await?;
        eprint!("\r{index}, {:.0} s", begun.elapsed().as_secs_f64());
    }
    eprintln!();
    Ok(())
}

/// Takes the chain's indexes away and says how they are made: built once over everything, they take minutes instead of an hour.
async fn without_indexes(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let asked =
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'audit_row' AND indexname LIKE 'ix_%'";
    let mut made = Vec::new();
    for row in db.query_all_raw(Statement::from_string(DbBackend::Postgres, asked)).await? {
        let name: String = row.try_get_by_index(0)?;
        made.push(row.try_get_by_index(1)?);
        db.execute_unprepared(&format!("DROP INDEX {name}")).await?;
    }
    Ok(made)
}

/// What this process has used of the machine, user and system.
fn used() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: u64 = [11, 12].iter().filter_map(|at| fields.get(*at)?.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

async fn verify(db: &DatabaseConnection) -> Result<(), Box<dyn Error>> {
    let (begun, before) = (Instant::now(), used());
    let verdict = audit::verify(db, &key()?).await?;
    let (took, used) = (begun.elapsed(), used().saturating_sub(before));
    let Verdict::Whole { rows, .. } = verdict else { return Err(format!("{verdict:?}").into()) };
    let rate = |time: Duration| f64::from(u32::try_from(rows).unwrap_or(u32::MAX)) / time.as_secs_f64();
    println!("| {rows} | {:.1} s | {:.0} | {:.0} |", took.as_secs_f64(), rate(took), rate(used));
    Ok(())
}

async fn who(db: &DatabaseConnection, times: usize) -> Result<(), Box<dyn Error>> {
    let (people, mut took, mut found) = (People::of(db).await?, Vec::new(), 0);
    for number in 0..times {
        let month = Months::new(u32::try_from(number % 36)?);
        let from = began().checked_add_months(month).unwrap_or_default();
        let search = Search {
            subjects: vec![people.nth(i64::try_from(number)? * 7_919)],
            actions: LOOKS.map(str::to_owned).into(),
            from: Some(from),
            to: from.checked_add_months(Months::new(1)),
            actor: None,
        };
        let begun = Instant::now();
        found += audit::search(db, &search, None, 2_000).await?.len();
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    let at = |share: usize| {
        let at = (took.len() * share / 100).min(took.len().saturating_sub(1));
        took.get(at).copied().unwrap_or_default().as_secs_f64() * 1e3
    };
    println!("| {times} | {found} | {:.1} ms | {:.1} ms | {:.1} ms |", at(50), at(95), at(100));
    Ok(())
}
