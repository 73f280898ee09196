//! Three years of looks at the people of the province, and of files in which they left the house: what "who looked at this person in March" has
//! to find its way through.

use std::{fs::OpenOptions, io::Write as _, path::Path};

use anyhow::Context as _;
use chrono::{DateTime, Months, TimeDelta, Utc};
use domain::{
    Act, By,
    ids::{AccountId, ExportId},
    session,
};
use rand::{Rng as _, SeedableRng as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;
use sea_orm::{ConnectionTrait as _, DatabaseTransaction, DbBackend, Statement, Value};
use serde_json::json;
use server::{app::App, clock::Clock, config};
use uuid::Uuid;

use crate::PAGES;

/// Before the session of the auditor, in the list of whose pages are read.
pub(crate) const AUDITOR: &str = "auditor\t";
/// Before the id of somebody of whom the auditor asks who looked.
pub(crate) const LOOKED: &str = "looked/";

/// Files of a month: one for each login.
const FILES: usize = 300;
/// People in a file: as many as a county has.
const PEOPLE: usize = 5_000;
/// As the register keeps them: so many of a file in a row.
const PART: usize = 500;
/// Three years that end with the chain of `audit`'s example `chain`.
const MONTHS: u32 = 36;

/// Writes the files, and signs an auditor of the province in.
pub(crate) async fn prepare(config: &str, sessions: &str) -> anyhow::Result<()> {
    let config = config::load(Some(Path::new(config)), &[])?.config;
    let app = App::build(config, Clock::System).await?;
    let people = ids(&app, "SELECT id FROM person ORDER BY id").await?;
    let begun: DateTime<Utc> = DateTime::from_timestamp(1_704_067_200, 0).context("a time")?;
    let mut random = ChaCha8Rng::seed_from_u64(33);
    let bar = indicatif::ProgressBar::new(u64::from(MONTHS));
    for month in 0..MONTHS {
        let first = begun.checked_add_months(Months::new(month)).context("a month")?;
        let tx = mailbox::transaction::write(&app.db).await?;
        for _ in 0..FILES {
            let at = first + TimeDelta::minutes(random.random_range(0..28 * 24 * 60));
            let who =
                if random.random_bool(0.5) { near(&people, &mut random) } else { far(&people, &mut random) };
            file(&app, &tx, &who, at).await?;
        }
        tx.commit().await?;
        bar.inc(1);
    }
    bar.finish();
    // The county's, as the seed has it: of its people he asks.
    let (auditor, now) = (AccountId::parse("zhengzhe").context("a login")?, app.clock.now());
    let token = session::open(&app.db, &app.cx, &auditor, None, now).await.ok().context("a session")?.token;
    let mut sessions = OpenOptions::new().append(true).open(sessions)?;
    write!(sessions, "\n{AUDITOR}{}\t{}", token.reveal(), token.csrf().as_str())?;
    let county = "SELECT person.id FROM person INNER JOIN unit ON unit.id = person.unit_id WHERE unit.region = '330106' ORDER BY person.id";
    let county = ids(&app, county).await?;
    for person in county.iter().step_by((county.len() / PAGES).max(1)).take(PAGES) {
        write!(sessions, "\n{LOOKED}{}", person.simple())?;
    }
    Ok(())
}

async fn ids(app: &App, asked: &str) -> anyhow::Result<Vec<Uuid>> {
    let rows = app.db.query_all_raw(Statement::from_string(DbBackend::Postgres, asked)).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

/// The people of a place, who came into the register one after the other.
fn near(people: &[Uuid], random: &mut ChaCha8Rng) -> Vec<Uuid> {
    let from = random.random_range(0..people.len().saturating_sub(PEOPLE).max(1));
    people.iter().skip(from).take(PEOPLE).copied().collect()
}

/// Some of all places.
fn far(people: &[Uuid], random: &mut ChaCha8Rng) -> Vec<Uuid> {
    let mut some: Vec<Uuid> = people.choose_multiple(random, PEOPLE).copied().collect();
    some.sort_unstable();
    some
}

/// A file that was taken: its parts, and its row of the chain.
async fn file(app: &App, tx: &DatabaseTransaction, who: &[Uuid], at: DateTime<Utc>) -> anyhow::Result<()> {
    let id = ExportId::new(at);
    let export = "INSERT INTO person_export (id, status, region, requested_by, purpose, filter, complete, rows, taken, created_at, updated_at) \
                  VALUES ($1, 'ready', '33', 'chenjing', 'visit', '{}', FALSE, $2, 1, $3, $3)";
    let rows = i32::try_from(who.len())?;
    let values: [Value; 3] = [id.uuid().into(), rows.into(), at.into()];
    tx.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, export, values)).await?;
    for (nth, some) in (1_i32..).zip(who.chunks(PART)) {
        let (Some(first), Some(last)) = (some.first(), some.last()) else { continue };
        let members: Vec<u8> = some.iter().flat_map(|id| id.into_bytes()).collect();
        let part = "INSERT INTO person_export_part (export_id, take, nth, first_id, last_id, members, taken_at) \
                    VALUES ($1, 1, $2, $3, $4, $5, $6)";
        let values: [Value; 6] =
            [id.uuid().into(), nth.into(), (*first).into(), (*last).into(), members.into(), at.into()];
        tx.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, part, values)).await?;
    }
    let subject = format!("export/{id}");
    let detail = json!({ "take": 1, "rows": rows });
    app.cx.record(tx, Act { by: By::INSTALLER, action: "export.taken", subject, detail }, at).await?;
    Ok(())
}
