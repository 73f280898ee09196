//! Proposing, agreeing, taking back.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr,
    EntityTrait, QueryFilter, SqlErr,
};
use serde_json::json;

use super::{MergeState, PersonMerge, moving, store};
use crate::{
    Act, By, Context,
    authority::{Worker, substitution::same_hand},
    branch::{self, MembershipKind},
    calendar::local_date,
    ids::{PersonId, PersonMergeId},
    person::{Person, PersonError, commands::reached, double, entity, kin, managed, store as people},
};

/// Why nothing is merged.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// No such person or merge, or none that the actor may know of.
    #[error("not found")]
    NotFound,
    /// The rule that is in the way.
    #[error("refused: {0:?}")]
    Refused(MergeRefusal),
    /// The database failed.
    #[error("database")]
    Db(#[from] DbErr),
}

/// Rules of merging.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeRefusal {
    /// The second person is another one than the first.
    SamePerson,
    /// It is proposed, merged or refused already.
    NotNow,
    /// A record is not its own double.
    Itself,
    /// One is alive and the other has died, or on another day: the death is recorded first.
    DeathDiffers,
    /// Both have 组织关系 in a branch: one is ended first.
    BothAffiliated,
    /// They are husband and wife, parent and child: two people.
    Relatives,
    /// Both have something of which there is one: a login, a live case of a kind. One is ended first.
    Collides,
}

impl From<MergeRefusal> for MergeError {
    fn from(refusal: MergeRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<PersonError> for MergeError {
    fn from(error: PersonError) -> Self {
        match error {
            PersonError::Db(error) => Self::Db(error),
            _ => Self::NotFound,
        }
    }
}

/// Proposes that `merged` is the same human being as `kept`. The worker's role reaches both.
pub async fn propose(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (kept, merged): (PersonId, PersonId),
    now: DateTime<Utc>,
) -> Result<PersonMerge, MergeError> {
    let tx = mailbox::transaction::write(db).await?;
    may(&tx, worker, (kept, merged), now).await?;
    let merge = PersonMerge {
        id: PersonMergeId::new(now),
        kept_id: kept,
        merged_id: merged,
        state: MergeState::Proposed,
        proposed_by: worker.account().clone(),
        proposed_at: now,
        decided_by: None,
        decided_at: None,
        undone_by: None,
        undone_at: None,
    };
    let merge = store::insert(&tx, merge).await.map_err(collides)?;
    record(&tx, cx, worker, ("person.merge_proposed", &merge), now).await?;
    tx.commit().await?;
    Ok(merge)
}

/// The second person agrees, or not.
pub async fn decide(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (id, agree): (PersonMergeId, bool),
    now: DateTime<Utc>,
) -> Result<(), MergeError> {
    let tx = mailbox::transaction::write(db).await?;
    let merge = store::locked(&tx, id).await?.ok_or(MergeError::NotFound)?;
    reached(&tx, worker, merge.kept_id).await?;
    reached(&tx, worker, merge.merged_id).await?;
    if merge.state != MergeState::Proposed {
        return Err(MergeRefusal::NotNow.into());
    }
    if same_hand(&tx, worker, (&merge.proposed_by, merge.proposed_at), now).await? {
        return Err(MergeRefusal::SamePerson.into());
    }
    let pair = (merge.kept_id, merge.merged_id);
    let decided = PersonMerge {
        state: if agree { MergeState::Merged } else { MergeState::Refused },
        decided_by: Some(worker.account().clone()),
        decided_at: Some(now),
        ..merge
    };
    let action = if agree {
        may(&tx, worker, pair, now).await?;
        moving::over(&tx, id, pair).await.map_err(collides)?;
        managed::again(&tx, pair.0).await?;
        point(&tx, pair.1, Some(pair.0)).await?;
        let states = (double::DoubleState::Open, double::DoubleState::Merged);
        double::store::settle(&tx, pair, states, Some((worker.account(), now))).await?;
        "person.merged"
    } else {
        "person.merge_refused"
    };
    store::save(&tx, decided.clone()).await?;
    record(&tx, cx, worker, (action, &decided), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a merge back: what was moved goes where it was. What came to the kept record since stays with it.
pub async fn undo(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    id: PersonMergeId,
    now: DateTime<Utc>,
) -> Result<(), MergeError> {
    let tx = mailbox::transaction::write(db).await?;
    let merge = store::locked(&tx, id).await?.ok_or(MergeError::NotFound)?;
    // Reached means as well that the kept one was not merged into a third since: that is taken back first.
    reached(&tx, worker, merge.kept_id).await?;
    let place = people::place_of(&tx, merge.merged_id).await?.ok_or(MergeError::NotFound)?;
    if !worker.covers(place) {
        return Err(MergeError::NotFound);
    }
    if merge.state != MergeState::Merged {
        return Err(MergeRefusal::NotNow.into());
    }
    let pair = (merge.kept_id, merge.merged_id);
    point(&tx, pair.1, None).await?;
    moving::back(&tx, id, pair).await.map_err(collides)?;
    managed::again(&tx, pair.1).await?;
    let states = (double::DoubleState::Merged, double::DoubleState::Open);
    double::store::settle(&tx, pair, states, None).await?;
    let undone = PersonMerge {
        state: MergeState::Undone,
        undone_by: Some(worker.account().clone()),
        undone_at: Some(now),
        ..merge
    };
    store::save(&tx, undone.clone()).await?;
    record(&tx, cx, worker, ("person.unmerged", &undone), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Whose record it is from now on. The version stays: taken back, the record is to the byte what it was.
async fn point(tx: &impl ConnectionTrait, person: PersonId, into: Option<PersonId>) -> Result<(), DbErr> {
    let change = entity::ActiveModel { merged_into: Set(into), ..Default::default() };
    entity::Entity::update_many().set(change).filter(entity::Column::Id.eq(person)).exec(tx).await?;
    Ok(())
}

async fn may(
    tx: &DatabaseTransaction,
    worker: &Worker,
    (kept, merged): (PersonId, PersonId),
    now: DateTime<Utc>,
) -> Result<(), MergeError> {
    if kept == merged {
        return Err(MergeRefusal::Itself.into());
    }
    let (first, second) = (kept.min(merged), kept.max(merged));
    for person in [first, second] {
        reached(tx, worker, person).await?;
        people::find_locked(tx, person).await?;
    }
    let one: Person = reached(tx, worker, kept).await?;
    let other: Person = reached(tx, worker, merged).await?;
    if one.died_on != other.died_on {
        return Err(MergeRefusal::DeathDiffers.into());
    }
    let today = local_date(now);
    let mut affiliations = 0;
    for person in [kept, merged] {
        let live = branch::store::live_memberships_of(tx, person, today).await?;
        affiliations += live.iter().filter(|member| member.kind == MembershipKind::Affiliation).count();
        let relatives = kin::store::of_person(tx, person).await?;
        if relatives.iter().any(|row| row.relative_id == Some(kept) || row.relative_id == Some(merged)) {
            return Err(MergeRefusal::Relatives.into());
        }
    }
    if affiliations > 1 { Err(MergeRefusal::BothAffiliated.into()) } else { Ok(()) }
}

fn collides(error: DbErr) -> MergeError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => MergeRefusal::Collides.into(),
        _ => error.into(),
    }
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    worker: &Worker,
    (action, merge): (&'static str, &PersonMerge),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let act = Act {
        by: By::from(worker),
        action,
        subject: format!("person/{}", merge.kept_id),
        detail: json!({ "merge": merge.id, "merged": merge.merged_id }),
    };
    cx.record(tx, act, now).await
}
