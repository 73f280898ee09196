//! Queries on cases, their log, visits, rules and numbers.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, Iterable,
    JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef, RelationTrait, Statement,
};

use crate::{
    aid::{Case, CaseEvent, Category, Channel, Rule, Status, Visit, entity, event, rule, visit},
    authority::Scope,
    ids::{AccountId, CaseId, DraftId, PersonId, RegionCode},
    person, region,
};

/// One case.
pub async fn find(db: &impl ConnectionTrait, id: CaseId) -> Result<Option<Case>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// One case by the number that somebody says on the telephone.
pub async fn by_number(db: &impl ConnectionTrait, number: &str) -> Result<Option<Case>, DbErr> {
    entity::Entity::find().filter(entity::Column::Number.eq(number.trim())).one(db).await
}

/// The case that a draft became.
pub async fn by_draft(db: &impl ConnectionTrait, draft: DraftId) -> Result<Option<Case>, DbErr> {
    entity::Entity::find().filter(entity::Column::DraftId.eq(draft)).one(db).await
}

/// One case, locked against other writers until the transaction ends (`SQLite` has one writer anyway).
pub(in crate::aid) async fn locked(db: &impl ConnectionTrait, id: CaseId) -> Result<Option<Case>, DbErr> {
    entity::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// Some cases, in no order.
pub(in crate::aid) async fn some(db: &impl ConnectionTrait, ids: &[CaseId]) -> Result<Vec<Case>, DbErr> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let of = entity::Column::Id.is_in(some.iter().copied());
        found.extend(entity::Entity::find().filter(of).all(db).await?);
    }
    Ok(found)
}

/// The cases of a person, latest first.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Case>, DbErr> {
    let of = entity::Column::PersonId.eq(person);
    entity::Entity::find().filter(of).order_by_desc(entity::Column::Id).all(db).await
}

/// The cases that a login may follow: those it asked for, and those of the person it is. Latest first.
pub async fn followed(
    db: &impl ConnectionTrait,
    account: &AccountId,
    person: Option<PersonId>,
) -> Result<Vec<Case>, DbErr> {
    let asked = Condition::all()
        .add(entity::Column::Applicant.eq(account.clone()))
        .add(entity::Column::Channel.eq(Channel::Phone));
    let mut either = Condition::any().add(asked);
    if let Some(person) = person {
        either = either.add(entity::Column::PersonId.eq(person));
    }
    entity::Entity::find().filter(either).order_by_desc(entity::Column::Id).limit(50).all(db).await
}

/// The cases in some statuses that the scopes reach, longest waiting first.
pub async fn waiting(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    statuses: &[Status],
    limit: u64,
) -> Result<Vec<Case>, DbErr> {
    entity::Entity::find()
        .filter(reached(scopes))
        .filter(entity::Column::Status.is_in(statuses.iter().copied()))
        .order_by_asc(entity::Column::StatusAt)
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// The cases that may be paid in a region and below it, locked, in the order of their ids (so that two makers of batches
/// queue instead of blocking each other).
pub(in crate::aid) async fn ready_locked(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    limit: u64,
) -> Result<Vec<Case>, DbErr> {
    entity::Entity::find()
        .filter(in_region(region))
        .filter(entity::Column::Status.is_in([Status::ReadyToPay, Status::Urgent]))
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .lock_exclusive()
        .all(db)
        .await
}

/// What of a person in a category is not over.
pub(in crate::aid) async fn live(
    db: &impl ConnectionTrait,
    person: PersonId,
    category: Category,
) -> Result<Option<Case>, DbErr> {
    let rows = of_person(db, person).await?;
    Ok(rows.into_iter().find(|case| case.category == category && !case.status.is_over()))
}

/// The cases that are approved, not yet paid, and borne by the budget of a year, in a region and below it.
pub(crate) async fn unpaid_of_year(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    year: i32,
) -> Result<Vec<Case>, DbErr> {
    let unpaid = Status::iter().filter(|status| status.holds_reserve() || status.in_batch());
    entity::Entity::find()
        .filter(in_region(region))
        .filter(entity::Column::BudgetYear.eq(year))
        .filter(entity::Column::Status.is_in(unpaid))
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// The live cases of people who have died, in a region and below it.
pub(in crate::aid) async fn of_the_dead(
    db: &impl ConnectionTrait,
    region: &RegionCode,
) -> Result<Vec<CaseId>, DbErr> {
    let rows = entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Person.def())
        .filter(in_region(region))
        .filter(entity::Column::Status.is_not_in(Status::OVER))
        .filter(person::entity::Column::DiedOn.is_not_null())
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|case| case.id).collect())
}

pub(in crate::aid) fn reached(scopes: &[Scope]) -> Condition {
    Condition::all()
        .add(person::store::reached(scopes, entity::Column::Region, entity::Column::UnitId))
        // What was done for somebody before he was a provincial leader's record is nobody's to see any more.
        .add(entity::Column::PersonId.not_in_subquery(person::leader::store::persons()))
}

/// A range, because it uses an ordinary index under every collation, which `LIKE` does not.
pub(in crate::aid) fn in_region(region: &RegionCode) -> Condition {
    let from = region.as_str();
    Condition::all()
        .add(entity::Column::Region.gte(from))
        .add(entity::Column::Region.lt(format!("{from}{}", char::MAX)))
}

pub(in crate::aid) async fn insert(db: &impl ConnectionTrait, case: Case) -> Result<Case, DbErr> {
    case.into_active_model().reset_all().insert(db).await
}

/// Writes the columns that are `Set`, if the row is still the version that was read.
pub(in crate::aid) async fn update(
    db: &impl ConnectionTrait,
    read: &Case,
    change: entity::ActiveModel,
) -> Result<bool, DbErr> {
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(read.id))
        .filter(entity::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The log of a case, oldest first.
pub async fn log(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<CaseEvent>, DbErr> {
    let of = event::Column::CaseId.eq(case);
    event::Entity::find().filter(of).order_by_asc(event::Column::Seq).all(db).await
}

pub(in crate::aid) async fn append(db: &impl ConnectionTrait, entry: CaseEvent) -> Result<(), DbErr> {
    entry.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

/// The visits of a case, oldest first.
pub async fn visits(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Visit>, DbErr> {
    let of = visit::Column::CaseId.eq(case);
    visit::Entity::find()
        .filter(of)
        .order_by_asc(visit::Column::RecordedAt)
        .order_by_asc(visit::Column::Id)
        .all(db)
        .await
}

/// When somebody visited these people's homes last for a case, until a day, as far as was known at a moment.
pub(crate) async fn last_visits(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
    (on, known): (NaiveDate, DateTime<Utc>),
) -> Result<HashMap<PersonId, NaiveDate>, DbErr> {
    let of_case: RelationDef =
        visit::Entity::belongs_to(entity::Entity).from(visit::Column::CaseId).to(entity::Column::Id).into();
    let mut found = HashMap::new();
    for some in persons.chunks(500) {
        let rows: Vec<(PersonId, NaiveDate)> = visit::Entity::find()
            .join(JoinType::InnerJoin, of_case.clone())
            .select_only()
            .column(entity::Column::PersonId)
            .column_as(visit::Column::VisitedOn.max(), "last")
            .filter(entity::Column::PersonId.is_in(some.iter().copied()))
            .filter(visit::Column::VisitedOn.lte(on))
            .filter(visit::Column::RecordedAt.lte(known))
            .group_by(entity::Column::PersonId)
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

pub(in crate::aid) async fn insert_visit(db: &impl ConnectionTrait, row: Visit) -> Result<Visit, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Every rule.
pub(super) async fn rules(db: &impl ConnectionTrait) -> Result<Vec<Rule>, DbErr> {
    rule::Entity::find().all(db).await
}

/// Every rule of a category.
pub async fn rules_of(db: &impl ConnectionTrait, category: Category) -> Result<Vec<Rule>, DbErr> {
    rule::Entity::find().filter(rule::Column::Category.eq(category)).all(db).await
}

pub(in crate::aid) async fn insert_rule(db: &impl ConnectionTrait, row: Rule) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

/// The region's name as it is (or was last) called.
pub(in crate::aid) async fn region_name(
    db: &impl ConnectionTrait,
    code: &RegionCode,
) -> Result<Option<String>, DbErr> {
    let row = region::entity::Entity::find()
        .filter(region::entity::Column::Code.eq(code.clone()))
        .order_by_desc(region::entity::Column::ValidFrom)
        .one(db)
        .await?;
    Ok(row.map(|region| region.name))
}

/// Raises a counter and says what it is now. Its row stays locked until the transaction ends.
pub(in crate::aid) async fn count_up(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    year: i32,
    paper: &str,
) -> Result<i32, DbErr> {
    let statement = Statement::from_sql_and_values(
        db.get_database_backend(),
        "INSERT INTO aid_counter (region, year, paper, last) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (region, year, paper) DO UPDATE SET last = aid_counter.last + 1 RETURNING last",
        [region.as_str().into(), year.into(), paper.into()],
    );
    let row = db.query_one_raw(statement).await?;
    row.ok_or_else(|| DbErr::RecordNotInserted)?.try_get_by_index(0)
}
