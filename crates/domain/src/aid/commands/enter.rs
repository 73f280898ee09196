//! A worker enters a request: what somebody said at the counter, what a unit asks, what stands on paper. The same questions, the same
//! case, the same clock: it starts on the day on which the office received it. Who enters it has taken part as the registrar.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};
use serde_json::json;

use super::{
    open::{Actor, Open},
    submit::{Asked, insert},
};
use crate::{
    Act, By, Context,
    aid::{
        AidError, Case, Channel, Happened, Refusal,
        draft::Complete,
        form::{self, Model as Form},
        letters::News,
        separation::Part,
        store,
    },
    authority::{Place, Worker},
    calendar::{self, local_date},
    ids::{AccountId, AidFormId, DraftId, PersonId, UnitId},
    person::{self, Person},
};

/// A paper lies on a desk for so many days at most.
pub const RECEIVED: u64 = 60;

/// A request that a worker enters.
#[derive(Clone)]
pub struct NewEntry {
    /// Given by the page, so that a form that is sent twice is one case.
    pub id: DraftId,
    /// For whom.
    pub person: PersonId,
    /// By which way it came.
    pub channel: Channel,
    /// On which day the office received it.
    pub received_on: NaiveDate,
    /// What was answered.
    pub answers: Complete,
    /// The number of the printed form.
    pub form: Option<String>,
}

/// Enters a request. The same entry again answers with the same case.
pub async fn enter(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    new: NewEntry,
    now: DateTime<Utc>,
) -> Result<Case, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let person = person::store::find_locked(&tx, new.person).await?.ok_or(AidError::NotFound)?;
    let place = person::store::place_of(&tx, person.id).await?.ok_or(AidError::NotFound)?;
    if !worker.covers(place) {
        return Err(AidError::NotFound);
    }
    if let Some(case) = store::case::by_draft(&tx, new.id).await? {
        let same = case.person_id == person.id && case.applicant == *worker.account();
        return if same { Ok(case) } else { Err(AidError::NotFound) };
    }
    if !person.is_alive() {
        return Err(Refusal::Dead.into());
    }
    if person::leader::is_guarded(&person) {
        return Err(Refusal::NoRule.into());
    }
    let since = since(new.received_on, now)?;
    let asked = Asked {
        draft: new.id,
        applicant: worker.account().clone(),
        for_another: false,
        channel: new.channel,
        since,
    };
    let case = insert(&tx, cx, (asked, &person, &new.answers), now).await?;
    if let Some(number) = &new.form {
        used(&tx, number, &case).await?;
    }
    let mut open = Open::of(&tx, case).await?;
    open.apart(&tx, worker, Part::Registrar, now).await?;
    let what = Happened::Entered { channel: new.channel, received_on: new.received_on, form: new.form };
    open.note(&tx, Actor::of(worker), what, now).await?;
    open.tell(&tx, News::Received, now).await?;
    open.record(&tx, cx, By::from(worker), "aid.entered", now).await?;
    tx.commit().await?;
    Ok(open.case)
}

/// Since when it waits: what came today, now; what came before, since that day's noon.
fn since(received_on: NaiveDate, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
    let today = local_date(now);
    if received_on == today {
        return Ok(now);
    }
    let first = today.checked_sub_days(Days::new(RECEIVED)).unwrap_or(today);
    if received_on > today || received_on < first {
        return Err(Refusal::ReceivedDate);
    }
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    Ok(calendar::utc(received_on, noon))
}

async fn used(tx: &DatabaseTransaction, number: &str, case: &Case) -> Result<(), AidError> {
    let found = store::form::find(tx, number).await?.ok_or(Refusal::NoSuchForm)?;
    if found.region != case.region || found.person_id.is_some_and(|person| person != case.person_id) {
        return Err(Refusal::NoSuchForm.into());
    }
    let blank = store::form::used(tx, number, case.id).await?;
    if blank { Ok(()) } else { Err(Refusal::FormUsed.into()) }
}

/// A number for a blank form: for a person, whom the worker has in his places.
pub async fn print(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Form, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let found = person::store::find(&tx, person).await?.ok_or(AidError::NotFound)?;
    let place = person::store::place_of(&tx, person).await?.ok_or(AidError::NotFound)?;
    if !worker.covers(place) || !found.is_alive() || person::leader::is_guarded(&found) {
        return Err(AidError::NotFound);
    }
    let unit = person::store::find_unit(&tx, found.unit_id).await?.ok_or(AidError::NotFound)?;
    let form = fresh(&tx, worker, (Some(person), unit), now).await?;
    printed(&tx, cx, worker, &form, now).await?;
    tx.commit().await?;
    Ok(form)
}

/// A number for a blank form of a unit, for whoever of it comes.
pub async fn print_for_unit(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    unit: UnitId,
    now: DateTime<Utc>,
) -> Result<Form, AidError> {
    let tx = mailbox::transaction::write(db).await?;
    let unit = person::store::find_unit(&tx, unit).await?.ok_or(AidError::NotFound)?;
    if !worker.covers(Place::of_unit(unit.region.clone(), unit.id)) {
        return Err(AidError::NotFound);
    }
    let form = fresh(&tx, worker, (None, unit), now).await?;
    printed(&tx, cx, worker, &form, now).await?;
    tx.commit().await?;
    Ok(form)
}

async fn fresh(
    tx: &DatabaseTransaction,
    worker: &Worker,
    (person, unit): (Option<PersonId>, person::Unit),
    now: DateTime<Utc>,
) -> Result<Form, AidError> {
    let mut number = form::number();
    while store::form::find(tx, &number).await?.is_some() {
        number = form::number();
    }
    let row = Form {
        id: AidFormId::new(now),
        number,
        person_id: person,
        region: unit.region,
        unit_id: Some(unit.id),
        printed_by: worker.account().clone(),
        printed_at: now,
        case_id: None,
    };
    store::form::insert(tx, row.clone()).await?;
    Ok(row)
}

async fn printed(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    form: &Form,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let subject = format!("aid_form/{}", form.id);
    let detail = json!({ "person": form.person_id, "unit": form.unit_id });
    let act = Act { by: By::from(worker), action: "aid.form_printed", subject, detail };
    Ok(cx.record(tx, act, now).await?)
}

/// A printed form whose place the worker has; nobody else's exists.
pub async fn form_of(
    db: &DatabaseConnection,
    worker: impl Fn(Place) -> bool,
    number: &str,
) -> Result<Form, AidError> {
    let form = store::form::find(db, number).await?.ok_or(AidError::NotFound)?;
    let place = match (form.person_id, form.unit_id) {
        (Some(person), _) => person::store::place_of(db, person).await?,
        (None, Some(unit)) => Some(Place::of_unit(form.region.clone(), unit)),
        (None, None) => None,
    };
    if place.is_some_and(worker) { Ok(form) } else { Err(AidError::NotFound) }
}

/// The forms that somebody may take along to where there is no network: those that he has printed himself within [`RECEIVED`] days, each for
/// one living person, and that nobody has entered.
pub async fn blanks(
    db: &impl ConnectionTrait,
    worker: impl Fn(Place) -> bool,
    printed_by: &AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<(Form, Person)>, DbErr> {
    let since = now.checked_sub_days(Days::new(RECEIVED)).unwrap_or(now);
    let forms = store::form::blank_of(db, printed_by, since).await?;
    let ids: Vec<PersonId> = forms.iter().filter_map(|form| form.person_id).collect();
    let people = person::store::placed(db, &ids).await?;
    let found = forms.into_iter().filter_map(|form| {
        let (person, place) = people.get(&form.person_id?)?;
        let reached = worker(place.clone()) && person.is_alive() && !person::leader::is_guarded(person);
        reached.then(|| (form, person.clone()))
    });
    Ok(found.collect())
}
