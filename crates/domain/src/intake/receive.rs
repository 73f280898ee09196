//! A file comes. Its rows are kept, sealed; a job looks at them.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr, SqlErr};
use serde_json::json;
use workbook::{Cell, Row, tidy};

use super::{Counts, Field, Intake, Layout, Line, LineKind, Repeated, Status, fields, store};
use crate::{
    Context,
    authority::{Place, Scope, Worker},
    context::{Act, By},
    ids::IntakeId,
    person,
    privacy::CannotSeal,
};

/// A file that is about to come.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Its name, shortened.
    pub name: String,
    /// SHA-256, hexadecimal.
    pub hash: String,
    /// What to do with people who are there.
    pub repeated: Repeated,
    /// Which column is which.
    pub layout: Layout,
    /// Into which region or unit, for whoever works for several; `None`: for what the role was granted.
    pub at: Option<Scope>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It is being looked at.
    New(IntakeId),
    /// This very file came before.
    Known(IntakeId),
}

/// Why a file does not come.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError<E> {
    /// The role reaches no place where people can be imported.
    #[error("not found")]
    NotFound,
    /// Nobody stands in it.
    #[error("nobody stands in it")]
    Nobody,
    /// The file itself.
    #[error("the file")]
    File(E),
    /// A row could not be sealed.
    #[error(transparent)]
    CannotSeal(#[from] CannotSeal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// The longest name of a file that is kept.
const NAME: usize = 100;

/// Takes a file: `rows` gives some rows at a time, and `None` at the end. Whoever sends the same file to the same place again is led to
/// the first one.
pub async fn receive<E>(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    upload: Upload,
    mut rows: impl AsyncFnMut() -> Result<Option<Vec<Row>>, E>,
    now: DateTime<Utc>,
) -> Result<Received, ReceiveError<E>> {
    let mut intake = begun(db, worker, upload, now).await?.ok_or(ReceiveError::NotFound)?;
    let known = store::of_file(db, &intake.place, &intake.file_hash).await?;
    if let Some(known) = known {
        return Ok(Received::Known(known.id));
    }
    intake = match store::insert(db, intake).await {
        Ok(intake) => intake,
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            // The other one of two clicks was faster.
            return Err(ReceiveError::NotFound);
        }
        Err(error) => return Err(error.into()),
    };
    let result = keep(db, cx, &mut intake, &mut rows).await;
    let tx = mailbox::transaction::write(db).await?;
    if result.is_ok() {
        intake.status = Status::Checking;
    } else {
        intake.status = Status::Cancelled;
        store::erase(&tx, intake.id).await?;
    }
    let (id, people) = (intake.id, intake.rows);
    let subject = format!("intake/{id}");
    store::save(&tx, intake).await?;
    if result.is_ok() {
        let detail = json!({ "rows": people });
        cx.record(&tx, Act { by: By::from(worker), action: "intake.received", subject, detail }, now).await?;
    }
    tx.commit().await?;
    result.map(|()| Received::New(id))
}

async fn begun(
    db: &DatabaseConnection,
    worker: &Worker,
    upload: Upload,
    now: DateTime<Utc>,
) -> Result<Option<Intake>, DbErr> {
    let at = upload.at.as_ref().unwrap_or(worker.scope());
    let (region, unit_id) = match at {
        Scope::Region(region) => (region.clone(), None),
        Scope::Unit(id) => match person::store::find_unit(db, *id).await? {
            Some(unit) => (unit.region, Some(unit.id)),
            None => return Ok(None),
        },
        // A node of a tree is many units: one of them is named.
        Scope::Branch(_) | Scope::Organ(_) | Scope::Party(_) | Scope::Corps(_) | Scope::Person(_) => {
            return Ok(None);
        }
    };
    let there = Place { region: region.clone(), unit: unit_id, branch: None, person: None };
    if !worker.covers(there) {
        return Ok(None);
    }
    Ok(Some(Intake {
        id: IntakeId::new(now),
        status: Status::Receiving,
        place: at.to_string(),
        region,
        unit_id,
        sent_by: worker.account().clone(),
        file_name: tidy(&upload.name).chars().take(NAME).collect(),
        file_hash: upload.hash,
        repeated: upload.repeated,
        mode: None,
        layout: upload.layout,
        position: 0,
        rows: 0,
        done: 0,
        counts: Counts::default(),
        submitted_by: None,
        decided_by: None,
        stopped_at: None,
        lease_owner: None,
        leased_until: None,
        finished_at: None,
        erased_at: None,
        created_at: now,
        updated_at: now,
    }))
}

async fn keep<E>(
    db: &DatabaseConnection,
    cx: &Context,
    intake: &mut Intake,
    rows: &mut impl AsyncFnMut() -> Result<Option<Vec<Row>>, E>,
) -> Result<(), ReceiveError<E>> {
    while let Some(some) = rows().await.map_err(ReceiveError::File)? {
        let mut lines = Vec::with_capacity(some.len());
        for row in some {
            let Ok(number) = i32::try_from(row.number) else { continue };
            let kind = kind(&intake.layout, &row);
            intake.rows += i32::from(kind == LineKind::Data);
            lines.push(Line::sealed(&cx.seal, (intake.id, number), kind, &row.cells)?);
        }
        let tx = mailbox::transaction::write(db).await?;
        store::insert_lines(&tx, lines).await?;
        tx.commit().await?;
    }
    if intake.rows == 0 { Err(ReceiveError::Nobody) } else { Ok(()) }
}

/// The template's sample says so in its first column. A row of a number and nothing else is no person: lists are numbered in advance.
fn kind(layout: &Layout, row: &Row) -> LineKind {
    if row.number < layout.header {
        return LineKind::Title;
    }
    if row.number == layout.header {
        return LineKind::Header;
    }
    let sample = fields::COLUMNS.first().map_or("", |column| column.sample);
    let says_sample = |(_, cell): &(u32, Cell)| cell.shown().starts_with(sample);
    let numbered =
        |at: u32| layout.known.iter().any(|(column, field)| *column == at && *field == Field::Number);
    let only_numbers = row.cells.iter().all(|(at, _)| numbered(*at));
    if row.cells.iter().take(2).any(says_sample) || only_numbers { LineKind::Sample } else { LineKind::Data }
}
