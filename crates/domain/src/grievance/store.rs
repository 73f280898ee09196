//! Every query on grievances.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{
    Grievance, ReceiptCode, Status, Step,
    entity::{ActiveModel, Column, Entity},
    step,
};
use crate::{
    authority::Scope,
    ids::{AccountId, GrievanceId, GrievanceStepId, PersonId, RegionCode},
    person,
    privacy::{Blind, Sealer},
};

const OPEN: [Status; 2] = [Status::Received, Status::Assigned];

/// One.
pub async fn find(db: &impl ConnectionTrait, id: GrievanceId) -> Result<Option<Grievance>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// One, locked against other writers.
pub(super) async fn locked(db: &impl ConnectionTrait, id: GrievanceId) -> Result<Option<Grievance>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// The one of a code.
pub(super) async fn by_code(
    db: &impl ConnectionTrait,
    seal: &Sealer,
    code: &ReceiptCode,
) -> Result<Option<Grievance>, DbErr> {
    Entity::find().filter(Column::Receipt.is_in(code.blinds(seal))).one(db).await
}

/// What a person said under the own name, latest first.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
    limit: u64,
) -> Result<Vec<Grievance>, DbErr> {
    let mine = Entity::find().filter(Column::PersonId.eq(person));
    mine.order_by_desc(Column::ReceivedOn).order_by_desc(Column::Id).limit(limit).all(db).await
}

/// How many of a person's wait.
pub(super) async fn waiting_of(db: &impl ConnectionTrait, person: PersonId) -> Result<u64, DbErr> {
    let mine = Entity::find().filter(Column::PersonId.eq(person)).filter(Column::Status.is_in(OPEN));
    mine.count(db).await
}

/// How many came without a name to a place on a day.
pub(super) async fn dropped_on(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    day: NaiveDate,
) -> Result<u64, DbErr> {
    let there = Entity::find().filter(Column::Region.eq(region.clone()));
    there.filter(Column::Status.eq(Status::Dropped)).filter(Column::ReceivedOn.eq(day)).count(db).await
}

/// What waits where these scopes reach, what is due first first. Whoever may not read one of them is found out beside.
pub async fn open_in(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<Grievance>, DbErr> {
    reached(scopes)
        .filter(Column::Status.is_in(OPEN))
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// What has been answered there, latest first.
pub async fn answered_in(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<Grievance>, DbErr> {
    reached(scopes)
        .filter(Column::Status.eq(Status::Answered))
        .order_by_desc(Column::ReceivedOn)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

fn reached(scopes: &[Scope]) -> sea_orm::Select<Entity> {
    // What a provincial leader said is in no list.
    let others = Column::PersonId.not_in_subquery(person::leader::store::persons());
    Entity::find()
        .filter(person::store::reached(scopes, Column::Region, Column::UnitId))
        .filter(Condition::any().add(Column::PersonId.is_null()).add(others))
}

/// What somebody has to answer, what is due first first.
pub async fn assigned_to(db: &impl ConnectionTrait, account: &AccountId) -> Result<Vec<Grievance>, DbErr> {
    Entity::find()
        .filter(Column::Status.eq(Status::Assigned))
        .filter(Column::AssignedTo.eq(account.clone()))
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// Who has any that is due by a day.
pub(super) async fn owing(db: &impl ConnectionTrait, by: NaiveDate) -> Result<Vec<AccountId>, DbErr> {
    let due = Entity::find()
        .select_only()
        .column(Column::AssignedTo)
        .distinct()
        .filter(Column::Status.eq(Status::Assigned))
        .filter(Column::DueOn.lte(by))
        .order_by_asc(Column::AssignedTo);
    let found: Vec<Option<AccountId>> = due.into_tuple().all(db).await?;
    Ok(found.into_iter().flatten().collect())
}

/// What happened to one, in order.
pub async fn steps(db: &impl ConnectionTrait, id: GrievanceId) -> Result<Vec<Step>, DbErr> {
    let of = step::Entity::find().filter(step::Column::GrievanceId.eq(id));
    of.order_by_asc(step::Column::Seq).all(db).await
}

/// One step.
pub async fn step(db: &impl ConnectionTrait, id: GrievanceStepId) -> Result<Option<Step>, DbErr> {
    step::Entity::find_by_id(id).one(db).await
}

/// What was done without a name on days before, a day's in no order that says when.
pub(super) async fn held_before(
    db: &impl ConnectionTrait,
    day: NaiveDate,
    limit: u64,
) -> Result<Vec<Step>, DbErr> {
    step::Entity::find()
        .filter(step::Column::Held.eq(true))
        .filter(step::Column::OnDay.lt(day))
        .order_by_asc(step::Column::OnDay)
        .order_by_asc(step::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Grievance) -> Result<Grievance, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row, which is locked.
pub(super) async fn save(db: &impl ConnectionTrait, row: Grievance) -> Result<Grievance, DbErr> {
    let next = Grievance { version: row.version + 1, ..row };
    next.into_active_model().reset_all().update(db).await
}

/// Writes the index of a code with the key that makes them now. It can be made only while somebody has the code at hand.
pub(super) async fn index_anew(
    db: &impl ConnectionTrait,
    id: GrievanceId,
    receipt: Blind,
) -> Result<(), DbErr> {
    let change = ActiveModel { receipt: Set(Some(receipt)), ..Default::default() };
    Entity::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

pub(super) async fn append(db: &impl ConnectionTrait, row: Step) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

/// It counts from now on.
pub(super) async fn count_it(db: &impl ConnectionTrait, step: Step) -> Result<(), DbErr> {
    Step { held: false, ..step }.into_active_model().reset_all().update(db).await?;
    Ok(())
}
