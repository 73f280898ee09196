//! Asking for people, agreeing, taking them.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{Export, Filter, Purpose, Seen, Shown, Status, members::Members, store};
use crate::{
    Context,
    authority::{Scope, Worker, substitution::same_hand},
    calendar::local_date,
    context::{Act, By},
    ids::{ExportId, PersonId, RegionCode, UnitId},
    person::{self, Person, SealedColumn},
    privacy::{CannotOpen, mask},
    region::Regions,
    segment,
};

/// More people than this need a second person.
pub const ALONE: u64 = 500;
/// So often in an hour.
pub const AN_HOUR: u64 = 5;
/// An export can be taken for this long.
pub const KEPT: TimeDelta = TimeDelta::days(1);
/// People of one query.
const CHUNK: u64 = 500;

/// Why something is not done.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// No such export, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// A number does not open.
    #[error(transparent)]
    CannotOpen(#[from] CannotOpen),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody is in it.
    Nobody,
    /// Too many in an hour.
    TooOften,
    /// It stands somewhere else by now.
    NotNow,
    /// The second person is another one than who asked.
    SamePerson,
    /// A day is over, or more people than were agreed to are in it now.
    TooLate,
    /// Who sees people in part has neither their numbers nor what the other parts say of them.
    InPart,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewExport {
    /// What for.
    pub purpose: Purpose,
    /// Which people of the worker's place.
    pub filter: Filter,
    /// Telephone and identity numbers in full: always with a second person.
    pub complete: bool,
}

/// Asks for people. Few of them, with masked numbers, can be taken at once.
pub async fn request(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (new, seen): (NewExport, &Seen),
    now: DateTime<Utc>,
) -> Result<Export, ExportError> {
    let tx = mailbox::transaction::write(db).await?;
    if store::asked(&tx, worker.account(), now - TimeDelta::hours(1)).await? >= AN_HOUR {
        return Err(ExportError::Refused(Refusal::TooOften));
    }
    let (region, unit_id, reach) = from_where(&tx, worker, seen).await?;
    let (filter, in_part) = (new.filter, reach.is_some() && seen.in_part());
    let of_record = filter.retirement.is_some() || filter.living_alone || filter.segment.is_some();
    if in_part && (new.complete || of_record) {
        return Err(ExportError::Refused(Refusal::InPart));
    }
    if let Some(id) = filter.segment {
        let found = segment::store::find(&tx, id).await?;
        let there = found.filter(|it| it.region.covers(&region) || region.covers(&it.region));
        there.ok_or(ExportError::NotFound)?;
    }
    let mut export = Export {
        id: ExportId::new(now),
        status: Status::Ready,
        region,
        unit_id,
        reach,
        requested_by: worker.account().clone(),
        purpose: new.purpose,
        filter,
        complete: new.complete,
        rows: 0,
        decided_by: None,
        taken: 0,
        file_hash: None,
        created_at: now,
        updated_at: now,
    };
    let size = store::size(&tx, &export, seen).await?;
    if size == 0 {
        return Err(ExportError::Refused(Refusal::Nobody));
    }
    export.rows = i32::try_from(size).unwrap_or(i32::MAX);
    if size > ALONE || new.complete {
        export.status = Status::Waiting;
    }
    let export = store::insert(&tx, export).await?;
    record(&tx, cx, (worker, "export.requested"), &export, now).await?;
    tx.commit().await?;
    Ok(export)
}

/// The place of the worker's grant; of one over a node of a tree, the node, with a region of it.
async fn from_where(
    db: &impl ConnectionTrait,
    worker: &Worker,
    seen: &Seen,
) -> Result<(RegionCode, Option<UnitId>, Option<Scope>), ExportError> {
    match worker.scope() {
        Scope::Region(region) => Ok((region.clone(), None, None)),
        Scope::Unit(id) => {
            let unit = person::store::find_unit(db, *id).await?.ok_or(ExportError::NotFound)?;
            Ok((unit.region, Some(unit.id), None))
        }
        scope @ (Scope::Branch(_) | Scope::Organ(_) | Scope::Party(_) | Scope::Corps(_)) => {
            let region = seen.somewhere(db).await?.ok_or(ExportError::Refused(Refusal::Nobody))?;
            Ok((region, None, Some(scope.clone())))
        }
        Scope::Person(_) => Err(ExportError::NotFound),
    }
}

/// The second person agrees, or does not.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, agreed): (ExportId, bool),
    now: DateTime<Utc>,
) -> Result<(), ExportError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut export = store::locked(&tx, id).await?.ok_or(ExportError::NotFound)?;
    if !export.is_reached(worker) {
        return Err(ExportError::NotFound);
    }
    if export.status != Status::Waiting {
        return Err(ExportError::Refused(Refusal::NotNow));
    }
    if same_hand(&tx, worker, (&export.requested_by, export.created_at), now).await? {
        return Err(ExportError::Refused(Refusal::SamePerson));
    }
    export.status = if agreed { Status::Ready } else { Status::Refused };
    (export.decided_by, export.updated_at) = (Some(worker.account().clone()), now);
    store::save(&tx, export.clone()).await?;
    let action = if agreed { "export.approved" } else { "export.refused" };
    record(&tx, cx, (worker, action), &export, now).await?;
    Ok(tx.commit().await?)
}

/// May this worker take it now? Only who asked.
pub async fn ready(
    db: &impl ConnectionTrait,
    worker: &Worker,
    (id, seen): (ExportId, &Seen),
    now: DateTime<Utc>,
) -> Result<Export, ExportError> {
    let export = store::find(db, id).await?.ok_or(ExportError::NotFound)?;
    if !export.is_reached(worker) || export.requested_by != *worker.account() {
        return Err(ExportError::NotFound);
    }
    if export.status != Status::Ready {
        return Err(ExportError::Refused(Refusal::NotNow));
    }
    let size = store::size(db, &export, seen).await?;
    let grown = export.decided_by.is_none() && size > ALONE;
    if grown || export.created_at + KEPT < now {
        return Err(ExportError::Refused(Refusal::TooLate));
    }
    Ok(export)
}

/// The next people of an export that is ready, after one of them.
pub async fn people(
    db: &impl ConnectionTrait,
    cx: &Context,
    (export, seen): (&Export, &Seen),
    after: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<(Vec<Shown>, Option<PersonId>), ExportError> {
    let today = local_date(now);
    let people = store::people(db, (export, seen), after, CHUNK).await?;
    let ids: Vec<PersonId> = people.iter().map(|(person, _)| person.id).collect();
    let mut branches = store::branches(db, &ids, today).await?;
    let mut parts = match export.reach {
        Some(_) => seen.sight.parts_of(db, &ids).await?,
        None => HashMap::new(),
    };
    let regions = Regions::load(db).await?;
    let mut shown = Vec::with_capacity(people.len());
    for (person, unit) in people {
        let wholly = seen.scopes.iter().any(|scope| scope.covers(&unit.place()));
        let part = parts.remove(&person.id).filter(|_| !wholly);
        let phone = opened(cx, &person, SealedColumn::Phone)?;
        let identity = opened(cx, &person, SealedColumn::Identity)?;
        let residence = person.residence.as_ref();
        shown.push(Shown {
            unit: unit.name,
            residence: residence.map(|code| regions.full_name(code, today)).unwrap_or_default(),
            branch: branches.remove(&person.id).unwrap_or_default(),
            phone: if export.complete { phone } else { mask::phone(&phone) },
            identity: if export.complete { identity } else { mask::identity_number(&identity) },
            part,
            person,
        });
    }
    Ok((shown, ids.last().copied()))
}

fn opened(cx: &Context, person: &Person, column: SealedColumn) -> Result<String, CannotOpen> {
    let clear: Option<SecretString> = person::reveal::open(cx, person, column)?;
    Ok(clear.map(|clear| clear.expose_secret().to_owned()).unwrap_or_default())
}

/// The file is made and about to be given away: recorded first, with its hash and with who is in it.
pub async fn taken(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, people, hash): (ExportId, &[PersonId], &str),
    now: DateTime<Utc>,
) -> Result<(), ExportError> {
    let members = Members::of(people);
    let tx = mailbox::transaction::write(db).await?;
    let mut export = store::locked(&tx, id).await?.ok_or(ExportError::NotFound)?;
    if export.requested_by != *worker.account() || export.status != Status::Ready {
        return Err(ExportError::NotFound);
    }
    export.rows = i32::try_from(people.len()).unwrap_or(i32::MAX);
    export.taken += 1;
    (export.file_hash, export.updated_at) = (Some(hash.to_owned()), now);
    store::save(&tx, export.clone()).await?;
    members.keep(&tx, &export, now).await?;
    let mut detail = said(&export);
    if let Some(fields) = detail.as_object_mut() {
        fields.insert("take".to_owned(), json!(export.taken));
        fields.insert("members".to_owned(), json!(members.hash));
    }
    let subject = format!("export/{}", export.id);
    cx.record(&tx, Act { by: By::from(worker), action: "export.taken", subject, detail }, now).await?;
    Ok(tx.commit().await?)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    (worker, action): (&Worker, &'static str),
    export: &Export,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let subject = format!("export/{}", export.id);
    cx.record(tx, Act { by: By::from(worker), action, subject, detail: said(export) }, now).await
}

fn said(export: &Export) -> serde_json::Value {
    json!({
        "purpose": export.purpose.code(),
        "filter": export.filter,
        "complete": export.complete,
        "rows": export.rows,
        "hash": export.file_hash,
    })
}
