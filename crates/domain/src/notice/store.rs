//! Every query on plans, occurrences and notices.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use super::{Notice, Occasion, Occurrence, Reason, ReminderPlan, Status, entity, occurrence, plan};
use crate::ids::{AccountId, NoticeId, OccurrenceId, PersonId, ReminderPlanId};

/// Rows per statement: SQLite takes some 32,000 values.
const CHUNK: usize = 500;

/// One plan.
pub async fn find_plan(db: &impl ConnectionTrait, id: ReminderPlanId) -> Result<Option<ReminderPlan>, DbErr> {
    plan::Entity::find_by_id(id).one(db).await
}

/// Every plan, by region and kind.
pub async fn plans(db: &impl ConnectionTrait) -> Result<Vec<ReminderPlan>, DbErr> {
    plan::Entity::find().order_by_asc(plan::Column::RegionCode).order_by_asc(plan::Column::Kind).all(db).await
}

/// The plans that are switched on, each with the time up to which it has fired: the scheduler asks what is due since.
pub async fn running(db: &impl ConnectionTrait) -> Result<Vec<(ReminderPlan, DateTime<Utc>)>, DbErr> {
    let fired: Vec<(ReminderPlanId, DateTime<Utc>)> = occurrence::Entity::find()
        .select_only()
        .column(occurrence::Column::PlanId)
        .column_as(occurrence::Column::FiresAt.max(), "fires_at")
        .group_by(occurrence::Column::PlanId)
        .into_tuple()
        .all(db)
        .await?;
    let fired: HashMap<ReminderPlanId, DateTime<Utc>> = fired.into_iter().collect();
    let since =
        |plan: &ReminderPlan| fired.get(&plan.id).map_or(plan.enabled_from, |at| plan.enabled_from.max(*at));
    let enabled = plans(db).await?.into_iter().filter(|plan| plan.enabled);
    Ok(enabled
        .map(|plan| {
            let since = since(&plan);
            (plan, since)
        })
        .collect())
}

/// The last firing of a plan.
pub async fn latest(db: &impl ConnectionTrait, plan: ReminderPlanId) -> Result<Option<Occurrence>, DbErr> {
    occurrence::Entity::find()
        .filter(occurrence::Column::PlanId.eq(plan))
        .order_by_desc(occurrence::Column::FiresAt)
        .one(db)
        .await
}

/// One notice.
pub async fn find(db: &impl ConnectionTrait, id: NoticeId) -> Result<Option<Notice>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// What became of telling a login of an occasion.
pub async fn about(
    db: &impl ConnectionTrait,
    account: &AccountId,
    occasion: Occasion,
) -> Result<Option<Notice>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::AccountId.eq(account.clone()))
        .filter(entity::Column::Occasion.eq(occasion))
        .one(db)
        .await
}

/// Everybody who was to be told of an occasion, with what became of it.
pub async fn of_occasion(db: &impl ConnectionTrait, occasion: Occasion) -> Result<Vec<Notice>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::Occasion.eq(occasion))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// What one firing of a plan wrote.
pub async fn of_occurrence(
    db: &impl ConnectionTrait,
    occurrence: OccurrenceId,
) -> Result<Vec<Notice>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::OccurrenceId.eq(occurrence))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// What a person was told, or not told and why, newest first.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
    limit: u64,
) -> Result<Vec<Notice>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .order_by_desc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Notices about which somebody must look: no answer, not delivered, or given up.
pub async fn troubled(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Notice>, DbErr> {
    let trouble = [Status::Unknown, Status::Failed, Status::Invalid, Status::Filtered];
    entity::Entity::find()
        .filter(entity::Column::Status.is_in(trouble))
        .order_by_desc(entity::Column::UpdatedAt)
        .limit(limit)
        .all(db)
        .await
}

/// Writes plans, leaving alone those that are there by kind and region.
pub(super) async fn insert_plans(db: &impl ConnectionTrait, plans: Vec<ReminderPlan>) -> Result<(), DbErr> {
    let once = OnConflict::columns([plan::Column::Kind, plan::Column::RegionCode]).do_nothing().to_owned();
    let rows = plans.into_iter().map(|plan| plan.into_active_model().reset_all());
    plan::Entity::insert_many(rows).on_conflict(once).exec_without_returning(db).await?;
    Ok(())
}

/// Writes the columns that are `Set`, if the row is still the version that was read. `false`: it is not.
pub(super) async fn update_plan(
    db: &impl ConnectionTrait,
    read: &ReminderPlan,
    mut change: plan::ActiveModel,
) -> Result<bool, DbErr> {
    change.version = Set(read.version + 1);
    let done = plan::Entity::update_many()
        .set(change)
        .filter(plan::Column::Id.eq(read.id))
        .filter(plan::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Claims a firing. `false`: another server has it.
pub(super) async fn claim(db: &impl ConnectionTrait, row: &Occurrence) -> Result<bool, DbErr> {
    let once = OnConflict::columns([occurrence::Column::PlanId, occurrence::Column::FiresAt]);
    let written = occurrence::Entity::insert(row.clone().into_active_model().reset_all())
        .on_conflict(once.clone().do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(written == 1)
}

/// Writes how many a firing reached.
pub(super) async fn count(db: &impl ConnectionTrait, row: &Occurrence) -> Result<(), DbErr> {
    let change = occurrence::ActiveModel {
        queued: Set(row.queued),
        suppressed: Set(row.suppressed),
        ..Default::default()
    };
    occurrence::Entity::update_many().set(change).filter(occurrence::Column::Id.eq(row.id)).exec(db).await?;
    Ok(())
}

/// Writes notices. Who has been told of the occasion, or is being told, is left out by the unique keys.
pub(super) async fn insert(db: &impl ConnectionTrait, notices: Vec<Notice>) -> Result<(), DbErr> {
    for some in notices.chunks(CHUNK) {
        let rows = some.iter().map(|notice| notice.clone().into_active_model().reset_all());
        // No columns: either of two unique keys may stand in the way.
        let once = OnConflict::new().do_nothing().to_owned();
        entity::Entity::insert_many(rows).on_conflict(once).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Moves a notice to the status in `change` if its own status allows that. `false`: it does not.
pub(super) async fn move_to(
    db: &impl ConnectionTrait,
    id: NoticeId,
    next: Status,
    mut change: entity::ActiveModel,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    change.status = Set(next);
    change.updated_at = Set(now);
    let from = Status::ALL.into_iter().filter(|status| status.may_become(next));
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::Status.is_in(from))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes one more sending of a row whose outcome is open. `false`: it is settled.
pub(super) async fn touch_open(
    db: &impl ConnectionTrait,
    id: NoticeId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = entity::ActiveModel { sent_at: Set(Some(now)), updated_at: Set(now), ..Default::default() };
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::Status.is_in([Status::Sending, Status::Unknown]))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Suppresses what waits for somebody who has died.
pub(super) async fn suppress_all_of(
    db: &impl ConnectionTrait,
    person: PersonId,
    reason: Reason,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let change = entity::ActiveModel {
        status: Set(Status::Suppressed),
        reason: Set(Some(reason)),
        updated_at: Set(now),
        ..Default::default()
    };
    entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::Status.is_in([Status::Queued, Status::FlowControlled]))
        .exec(db)
        .await?;
    Ok(())
}
