//! Writing a floor down, approving it, carrying it out.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, SqlErr};
use serde_json::json;

use super::{FloorState, Raise, TreatmentFloor, TreatmentRaise, simulate, store};
use crate::{
    Act, By, Context,
    authority::{Worker, substitution::same_hand},
    ids::{RegionCode, TreatmentFloorId},
    person::{
        fact::{self, FactError, FactKind, Level, NewFact, Value},
        period::Period,
    },
};

/// A floor to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFloor {
    /// For whose people.
    pub region: RegionCode,
    /// Who joined in this period.
    pub period: Period,
    /// In which dimension.
    pub dimension: FactKind,
    /// At least what.
    pub level: Level,
    /// From which day.
    pub from_on: NaiveDate,
    /// The document.
    pub basis: String,
}

/// Why nothing happens.
#[derive(Debug, thiserror::Error)]
pub enum FloorError {
    /// No such floor, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(FloorRefusal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of floors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloorRefusal {
    /// It is no dimension of treatment.
    Dimension,
    /// A floor has a document.
    NoBasis,
    /// There is one for the same from the same day.
    Exists,
    /// The second person is another one than the first.
    SamePerson,
    /// It is not at this step.
    NotNow,
}

impl From<FloorRefusal> for FloorError {
    fn from(refusal: FloorRefusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Writes one down.
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    new: NewFloor,
    now: DateTime<Utc>,
) -> Result<TreatmentFloor, FloorError> {
    if !worker.covers(&new.region) {
        return Err(FloorError::NotFound);
    }
    if !new.dimension.is_treatment() {
        return Err(FloorRefusal::Dimension.into());
    }
    if new.basis.trim().is_empty() {
        return Err(FloorRefusal::NoBasis.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let floor = TreatmentFloor {
        id: TreatmentFloorId::new(now),
        region: new.region,
        period: new.period,
        dimension: new.dimension,
        level: new.level,
        from_on: new.from_on,
        to_on: None,
        basis: new.basis.trim().to_owned(),
        state: FloorState::Proposed,
        proposed_by: worker.account().clone(),
        proposed_at: now,
        approved_by: None,
        approved_at: None,
        applied_at: None,
    };
    let floor = store::insert(&tx, floor).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => FloorRefusal::Exists.into(),
        _ => FloorError::Db(error),
    })?;
    record(&tx, cx, worker, ("treatment.floor_proposed", &floor, 0), now).await?;
    tx.commit().await?;
    Ok(floor)
}

/// The second person approves, or not.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, agree): (TreatmentFloorId, bool),
    now: DateTime<Utc>,
) -> Result<(), FloorError> {
    let tx = mailbox::transaction::write(db).await?;
    let floor = mine(&tx, worker, id).await?;
    if floor.state != FloorState::Proposed {
        return Err(FloorRefusal::NotNow.into());
    }
    if same_hand(&tx, worker, (&floor.proposed_by, floor.proposed_at), now).await? {
        return Err(FloorRefusal::SamePerson.into());
    }
    let (state, action) = if agree {
        (FloorState::Approved, "treatment.floor_approved")
    } else {
        (FloorState::Refused, "treatment.floor_refused")
    };
    let floor = TreatmentFloor {
        state,
        approved_by: Some(worker.account().clone()),
        approved_at: Some(now),
        ..floor
    };
    store::save(&tx, floor.clone()).await?;
    record(&tx, cx, worker, (action, &floor, 0), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Carries it out and says whom it raised. Again, it raises those who came since.
pub async fn apply(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: TreatmentFloorId,
    now: DateTime<Utc>,
) -> Result<Vec<Raise>, FloorError> {
    let tx = mailbox::transaction::write(db).await?;
    let floor = mine(&tx, worker, id).await?;
    if !matches!(floor.state, FloorState::Approved | FloorState::Applied) {
        return Err(FloorRefusal::NotNow.into());
    }
    let raises = simulate(&tx, &floor, now).await?;
    for raise in &raises {
        let new = NewFact {
            kind: floor.dimension,
            value: Value::Level(raise.after),
            // What somebody got later than the floor is said better from there on.
            from_on: raise.since.map_or(floor.from_on, |since| since.max(floor.from_on)),
            basis: floor.basis.clone(),
        };
        match fact::put(&tx, raise.person, new, Some(worker.account()), now).await {
            Ok(_) => {}
            Err(FactError::Db(error)) => return Err(error.into()),
            Err(error) => return Err(DbErr::Custom(error.to_string()).into()),
        }
    }
    let rows: Vec<TreatmentRaise> = raises
        .iter()
        .map(|raise| TreatmentRaise {
            floor_id: id,
            person_id: raise.person,
            before: raise.before,
            after: raise.after,
        })
        .collect();
    store::insert_raises(&tx, &rows).await?;
    let floor = TreatmentFloor { state: FloorState::Applied, applied_at: Some(now), ..floor };
    store::save(&tx, floor.clone()).await?;
    record(&tx, cx, worker, ("treatment.floor_applied", &floor, raises.len()), now).await?;
    tx.commit().await?;
    Ok(raises)
}

async fn mine(
    tx: &DatabaseTransaction,
    worker: &Worker,
    id: TreatmentFloorId,
) -> Result<TreatmentFloor, FloorError> {
    let floor = store::locked(tx, id).await?.filter(|floor| worker.covers(&floor.region));
    floor.ok_or(FloorError::NotFound)
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (action, floor, raised): (&'static str, &TreatmentFloor, usize),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let act = Act {
        by: By::from(worker),
        action,
        subject: format!("treatment_floor/{}", floor.id),
        detail: json!({ "raised": raised }),
    };
    cx.record(tx, act, now).await
}
