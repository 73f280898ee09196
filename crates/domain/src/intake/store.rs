//! Every query on imports and their rows.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use mailbox::turn::Writer;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
    sea_query::OnConflict,
};

use super::{Effect, Field, Intake, Line, LineKind, Outcome, Status, Verdict, entity, line, outcome};
use crate::{
    authority::Scope,
    ids::{AccountId, IntakeId, PersonId},
    person,
    privacy::Blind,
};

/// One import.
pub async fn find(db: &impl ConnectionTrait, id: IntakeId) -> Result<Option<Intake>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// One import, locked against other writers until the transaction ends.
pub(super) async fn locked(db: &impl ConnectionTrait, id: IntakeId) -> Result<Option<Intake>, DbErr> {
    entity::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// The imports of places that the scopes reach, latest first.
pub async fn latest(db: &impl ConnectionTrait, scopes: &[Scope], limit: u64) -> Result<Vec<Intake>, DbErr> {
    let reached = person::store::reached(scopes, entity::Column::Region, entity::Column::UnitId);
    entity::Entity::find().filter(reached).order_by_desc(entity::Column::Id).limit(limit).all(db).await
}

/// The import of this very file in this very place, unless it was given up or taken back.
pub async fn of_file(db: &impl ConnectionTrait, place: &str, hash: &str) -> Result<Option<Intake>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::Place.eq(place))
        .filter(entity::Column::FileHash.eq(hash))
        .filter(entity::Column::Status.is_not_in([Status::Cancelled, Status::Undone]))
        .one(db)
        .await
}

/// The import on which a job should work next: those on which nobody works, the longest waiting first.
pub(super) async fn next(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Option<Intake>, DbErr> {
    let free =
        Condition::any().add(entity::Column::LeasedUntil.is_null()).add(entity::Column::LeasedUntil.lte(now));
    entity::Entity::find()
        .filter(entity::Column::Status.is_in([Status::Checking, Status::Running, Status::Undoing]))
        .filter(free)
        .order_by_asc(entity::Column::UpdatedAt)
        .one(db)
        .await
}

/// Those whose file stopped coming, and those whose rows are to be erased.
pub(super) async fn stale(
    db: &impl ConnectionTrait,
    (receiving_before, over_before): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Intake>, DbErr> {
    let cut_off = Condition::all()
        .add(entity::Column::Status.eq(Status::Receiving))
        .add(entity::Column::UpdatedAt.lt(receiving_before));
    let over = Condition::all()
        .add(entity::Column::Status.is_in([Status::Done, Status::Undone, Status::Cancelled]))
        .add(entity::Column::UpdatedAt.lt(over_before))
        .add(entity::Column::ErasedAt.is_null());
    entity::Entity::find().filter(Condition::any().add(cut_off).add(over)).limit(20).all(db).await
}

pub(super) async fn insert(db: &impl Writer, row: Intake) -> Result<Intake, DbErr> {
    let _turn = db.turn().await;
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row. The import is locked by whoever calls.
pub(super) async fn save(db: &impl ConnectionTrait, row: Intake) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

pub(super) async fn insert_lines(db: &impl ConnectionTrait, lines: Vec<Line>) -> Result<(), DbErr> {
    if lines.is_empty() {
        return Ok(());
    }
    let rows = lines.into_iter().map(|row| row.into_active_model().reset_all());
    line::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// Rows of the file after one, in its order, with what is known of them. `kind`: only these.
pub async fn lines(
    db: &impl ConnectionTrait,
    intake: IntakeId,
    after: i32,
    kind: Option<LineKind>,
    limit: u64,
) -> Result<Vec<Line>, DbErr> {
    let mut query =
        line::Entity::find().filter(line::Column::IntakeId.eq(intake)).filter(line::Column::Row.gt(after));
    if let Some(kind) = kind {
        query = query.filter(line::Column::Kind.eq(kind));
    }
    query.order_by_asc(line::Column::Row).limit(limit).all(db).await
}

/// The rows after one that would write something, by the check, in the order of the file.
pub(super) async fn writing(
    db: &impl ConnectionTrait,
    intake: IntakeId,
    after: i32,
    limit: u64,
) -> Result<Vec<Line>, DbErr> {
    let rows: Vec<i32> = outcome::Entity::find()
        .select_only()
        .column(outcome::Column::Row)
        .filter(outcome::Column::IntakeId.eq(intake))
        .filter(outcome::Column::Row.gt(after))
        .filter(outcome::Column::Verdict.is_in([Verdict::New, Verdict::Update]))
        .order_by_asc(outcome::Column::Row)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    line::Entity::find()
        .filter(line::Column::IntakeId.eq(intake))
        .filter(line::Column::Row.is_in(rows))
        .order_by_asc(line::Column::Row)
        .all(db)
        .await
}

/// Imports that wait for the word of a second person, which this login may be.
pub async fn waiting(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    me: &AccountId,
    limit: u64,
) -> Result<u64, DbErr> {
    let other = Condition::any()
        .add(entity::Column::SubmittedBy.is_null())
        .add(entity::Column::SubmittedBy.ne(me.clone()));
    let waiting = entity::Entity::find()
        .filter(person::store::reached(scopes, entity::Column::Region, entity::Column::UnitId))
        .filter(entity::Column::Status.eq(Status::Waiting))
        .filter(entity::Column::SentBy.ne(me.clone()))
        .filter(other);
    Ok(waiting.limit(limit).all(db).await?.len() as u64)
}

/// What became of rows, between two of them (both included).
pub async fn outcomes(
    db: &impl ConnectionTrait,
    intake: IntakeId,
    (from, to): (i32, i32),
) -> Result<HashMap<i32, Outcome>, DbErr> {
    let rows = outcome::Entity::find()
        .filter(outcome::Column::IntakeId.eq(intake))
        .filter(outcome::Column::Row.between(from, to))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.row, row)).collect())
}

/// The first rows with this verdict.
pub async fn judged(
    db: &impl ConnectionTrait,
    intake: IntakeId,
    verdict: Verdict,
    limit: u64,
) -> Result<Vec<Outcome>, DbErr> {
    outcome::Entity::find()
        .filter(outcome::Column::IntakeId.eq(intake))
        .filter(outcome::Column::Verdict.eq(verdict))
        .order_by_asc(outcome::Column::Row)
        .limit(limit)
        .all(db)
        .await
}

/// How many rows had this effect.
pub async fn count(db: &impl ConnectionTrait, intake: IntakeId, effect: Effect) -> Result<u64, DbErr> {
    outcome::Entity::find()
        .filter(outcome::Column::IntakeId.eq(intake))
        .filter(outcome::Column::Effect.eq(effect))
        .count(db)
        .await
}

/// Some rows that were written, from the end.
pub(super) async fn written(
    db: &impl ConnectionTrait,
    intake: IntakeId,
    limit: u64,
) -> Result<Vec<Outcome>, DbErr> {
    outcome::Entity::find()
        .filter(outcome::Column::IntakeId.eq(intake))
        .filter(outcome::Column::Effect.eq(Effect::Written))
        .order_by_desc(outcome::Column::Row)
        .limit(limit)
        .all(db)
        .await
}

/// Which rows before one have these indexes already: index and row.
pub(super) async fn earlier(
    db: &impl ConnectionTrait,
    intake: IntakeId,
    before: i32,
    (identities, sames): (&[Blind], &[Blind]),
) -> Result<Vec<Outcome>, DbErr> {
    let mut found = Vec::new();
    for (column, values) in
        [(outcome::Column::IdentityIndex, identities), (outcome::Column::SameIndex, sames)]
    {
        if values.is_empty() {
            continue;
        }
        let rows = outcome::Entity::find()
            .filter(outcome::Column::IntakeId.eq(intake))
            .filter(outcome::Column::Row.lt(before))
            .filter(column.is_in(values.iter().cloned()))
            .order_by_asc(outcome::Column::Row)
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Whoever sent, submitted or agreed to a list with a column for accounts that wrote a row about somebody.
pub async fn account_hands(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<AccountId>, DbErr> {
    let written = outcome::Entity::find()
        .filter(outcome::Column::PersonId.eq(person))
        .filter(outcome::Column::Effect.is_in([Effect::Written, Effect::Kept]))
        .all(db)
        .await?;
    let mut hands = Vec::new();
    for row in written {
        let Some(intake) = find(db, row.intake_id).await? else { continue };
        if intake.layout.known.iter().any(|(_, field)| *field == Field::Payout) {
            hands.push(intake.sent_by);
            hands.extend(intake.submitted_by);
            hands.extend(intake.decided_by);
        }
    }
    Ok(hands)
}

/// Writes what is known of rows, the first time and again.
pub(super) async fn put(db: &impl ConnectionTrait, rows: Vec<Outcome>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let conflict = OnConflict::columns([outcome::Column::IntakeId, outcome::Column::Row])
        .update_columns([
            outcome::Column::Verdict,
            outcome::Column::Effect,
            outcome::Column::Mistakes,
            outcome::Column::PersonId,
            outcome::Column::MembershipId,
            outcome::Column::Before,
            outcome::Column::Version,
        ])
        .to_owned();
    let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
    outcome::Entity::insert_many(rows).on_conflict(conflict).exec_without_returning(db).await?;
    Ok(())
}

/// These people are gone, as if no row had been about them.
pub(crate) async fn forget_people(
    db: &impl ConnectionTrait,
    people: impl Iterator<Item = PersonId>,
) -> Result<(), DbErr> {
    outcome::Entity::update_many()
        .set(outcome::ActiveModel { person_id: Set(None), ..Default::default() })
        .filter(outcome::Column::PersonId.is_in(people))
        .exec(db)
        .await?;
    Ok(())
}

/// Erases what the file said.
pub(super) async fn erase(db: &impl ConnectionTrait, intake: IntakeId) -> Result<(), DbErr> {
    line::Entity::update_many()
        .col_expr(line::Column::Payload, Expr::value(None::<String>))
        .filter(line::Column::IntakeId.eq(intake))
        .exec(db)
        .await?;
    outcome::Entity::update_many()
        .col_expr(outcome::Column::Before, Expr::value(None::<String>))
        .filter(outcome::Column::IntakeId.eq(intake))
        .exec(db)
        .await?;
    Ok(())
}
