//! 反映问题: under one's name, without it, or as a worker writes it down.

use chrono::{DateTime, Utc};
use mailbox::transaction::Transaction;
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use super::open::{Entry, Open, due_on, without_time};
use crate::{
    By, Context,
    aid::{self, standard::Level},
    authority::{Myself, Worker},
    calendar::local_date,
    grievance::{
        Grievance, GrievanceError, Kind, ReceiptCode, Refusal, Status, What, entity::said_cell, store, words,
    },
    ids::{AccountId, CaseId, GrievanceId, PersonId, RegionCode, UnitId},
    person,
};

/// So many of one person wait at most.
const WAITING: u64 = 5;
/// So many without a name come to one place on a day: nobody can be asked to write less.
const A_DAY: u64 = 50;

/// What somebody says.
#[derive(Clone, Copy, Debug)]
pub struct Saying<'a> {
    /// About what.
    pub kind: Kind,
    /// In his words.
    pub said: &'a str,
    /// About which case of his.
    pub case: Option<CaseId>,
}

/// Whose words a worker writes down.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    /// Of somebody who says his name.
    Person(PersonId),
    /// Of somebody who does not, in this region; he is told the code.
    Nameless(&'a RegionCode, &'a ReceiptCode),
}

/// Says it under one's own name, or under a mandate for aid. The form gives the id: sent twice, it is one.
pub async fn file(
    db: &DatabaseConnection,
    cx: &Context,
    myself: &Myself,
    (id, saying): (GrievanceId, Saying<'_>),
    now: DateTime<Utc>,
) -> Result<Grievance, GrievanceError> {
    let said = words(saying.said)?;
    let tx = mailbox::transaction::write(db).await?;
    if let Some(known) = store::find(&tx, id).await? {
        let mine = known.person_id == Some(myself.person());
        return if mine { Ok(known) } else { Err(GrievanceError::NotFound) };
    }
    let row = of_person(&tx, cx, (id, myself.person()), saying, now).await?;
    let row = Grievance { filed_by: Some(myself.account().clone()), ..row };
    receive(tx, cx, (row, said), Some((myself.account(), By::from(myself))), now).await
}

/// Says it without a name. The command is not told who it is: no login, no person, no unit and no case, and of the time the day. Nothing is
/// written into the audit chain before the day is over.
pub async fn file_nameless(
    db: &DatabaseConnection,
    cx: &Context,
    (region, code): (&RegionCode, &ReceiptCode),
    (kind, said): (Kind, &str),
    now: DateTime<Utc>,
) -> Result<(), GrievanceError> {
    let said = words(said)?;
    let tx = mailbox::transaction::write(db).await?;
    // The form gives the code: sent twice, it is one.
    if store::by_code(&tx, &cx.seal, code).await?.is_some() {
        return Ok(());
    }
    if store::dropped_on(&tx, region, local_date(now)).await? >= A_DAY {
        return Err(Refusal::Enough.into());
    }
    let id = GrievanceId::from_uuid(without_time());
    let row = blank(cx, id, (kind, said), (region.clone(), None), now)?;
    let row = Grievance { status: Status::Dropped, receipt: Some(code.blind(&cx.seal)), ..row };
    receive(tx, cx, (row, said), None, now).await?;
    Ok(())
}

/// He called or came: a worker writes down what he says.
pub async fn file_for(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, whose, saying): (GrievanceId, Whose<'_>, Saying<'_>),
    now: DateTime<Utc>,
) -> Result<Grievance, GrievanceError> {
    let said = words(saying.said)?;
    let tx = mailbox::transaction::write(db).await?;
    if let Some(known) = store::find(&tx, id).await? {
        let mine = known.filed_by.as_ref() == Some(worker.account());
        return if mine { Ok(known) } else { Err(GrievanceError::NotFound) };
    }
    let row = match whose {
        Whose::Person(person) => {
            let place = person::store::place_of(&tx, person).await?.ok_or(GrievanceError::NotFound)?;
            if !worker.covers(place) {
                return Err(GrievanceError::NotFound);
            }
            of_person(&tx, cx, (id, person), saying, now).await?
        }
        Whose::Nameless(region, code) => {
            if !worker.covers(region) {
                return Err(GrievanceError::NotFound);
            }
            let row = blank(cx, id, (saying.kind, said), (region.clone(), None), now)?;
            Grievance { receipt: Some(code.blind(&cx.seal)), ..row }
        }
    };
    let row = Grievance { filed_by: Some(worker.account().clone()), by_hand: true, ..row };
    receive(tx, cx, (row, said), Some((worker.account(), By::from(worker))), now).await
}

/// A row of somebody who says his name.
async fn of_person(
    tx: &DatabaseTransaction,
    cx: &Context,
    (id, person): (GrievanceId, PersonId),
    saying: Saying<'_>,
    now: DateTime<Utc>,
) -> Result<Grievance, GrievanceError> {
    if person::leader::store::of_person(tx, person).await?.is_some() {
        return Err(Refusal::ByTelephone.into());
    }
    if store::waiting_of(tx, person).await? >= WAITING {
        return Err(Refusal::Enough.into());
    }
    if let Some(case) = saying.case {
        let found = aid::store::case::find(tx, case).await?;
        if found.is_none_or(|case| case.person_id != person) {
            return Err(Refusal::NoCase.into());
        }
    }
    let found = person::store::find(tx, person).await?.ok_or(GrievanceError::NotFound)?;
    let unit = person::store::find_unit(tx, found.unit_id).await?.ok_or(GrievanceError::NotFound)?;
    let row = blank(cx, id, (saying.kind, words(saying.said)?), (unit.region, Some(unit.id)), now)?;
    Ok(Grievance { person_id: Some(person), case_id: saying.case, ..row })
}

fn blank(
    cx: &Context,
    id: GrievanceId,
    (kind, said): (Kind, &str),
    (region, unit_id): (RegionCode, Option<UnitId>),
    now: DateTime<Utc>,
) -> Result<Grievance, GrievanceError> {
    Ok(Grievance {
        id,
        kind,
        status: Status::Received,
        round: 1,
        level: Level::of(&region),
        region,
        unit_id,
        person_id: None,
        case_id: None,
        said: cx.seal.seal(said_cell(&id.to_string()), said)?,
        filed_by: None,
        by_hand: false,
        receipt: None,
        received_on: local_date(now),
        due_on: None,
        extended: false,
        assigned_to: None,
        version: 0,
    })
}

async fn receive(
    tx: Transaction,
    cx: &Context,
    (row, said): (Grievance, &str),
    who: Option<(&AccountId, By<'_>)>,
    now: DateTime<Utc>,
) -> Result<Grievance, GrievanceError> {
    let today = local_date(now);
    let until = due_on(&tx, (row.kind.limit(), &row.region), (today, today)).await?;
    let row = store::insert(&tx, Grievance { due_on: until, ..row }).await?;
    let mut open = Open { row, steps: Vec::new() };
    let actor = who.map(|(account, _)| account);
    let entry = Entry { actor, until, held: who.is_none(), ..Entry::of(What::Received) };
    open.note(&tx, cx, entry, now).await?;
    open.mark_named(&tx, cx, said, now).await?;
    open.settle(&tx, cx, now).await?;
    if let Some((_, by)) = who {
        open.record(&tx, cx, (by, "grievance.received"), now).await?;
    }
    tx.commit().await?;
    Ok(open.row)
}
