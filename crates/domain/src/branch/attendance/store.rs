//! Every query on attendances.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, sea_query::OnConflict,
};

use super::{Attendance, AttendanceState, entity};
use crate::ids::{MeetingId, PersonId};

/// The row of a person at a meeting, also one that was taken back.
pub async fn find(
    db: &impl ConnectionTrait,
    meeting: MeetingId,
    person: PersonId,
) -> Result<Option<Attendance>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::MeetingId.eq(meeting))
        .filter(entity::Column::PersonId.eq(person))
        .one(db)
        .await
}

/// The rows of a meeting that stand.
pub async fn of_meeting(db: &impl ConnectionTrait, meeting: MeetingId) -> Result<Vec<Attendance>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::MeetingId.eq(meeting))
        .filter(entity::Column::WithdrawnAt.is_null())
        .order_by_asc(entity::Column::RecordedAt)
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// The rows of meetings that stand.
pub async fn of_meetings(
    db: &impl ConnectionTrait,
    meetings: &[MeetingId],
) -> Result<Vec<Attendance>, DbErr> {
    let mut found = Vec::new();
    for some in meetings.chunks(500) {
        let rows = entity::Entity::find()
            .filter(entity::Column::MeetingId.is_in(some.iter().copied()))
            .filter(entity::Column::WithdrawnAt.is_null())
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// A person's rows that stand, newest first.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
    limit: u64,
) -> Result<Vec<Attendance>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::WithdrawnAt.is_null())
        .order_by_desc(entity::Column::RecordedAt)
        .order_by_desc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// A person's rows at some meetings that stand.
pub(super) async fn of_person_at(
    db: &impl ConnectionTrait,
    person: PersonId,
    meetings: &[MeetingId],
) -> Result<Vec<Attendance>, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::PersonId.eq(person))
        .filter(entity::Column::MeetingId.is_in(meetings.iter().copied()))
        .filter(entity::Column::WithdrawnAt.is_null())
        .all(db)
        .await
}

/// Those of the meetings in which anybody took part.
pub(crate) async fn attended(
    db: &impl ConnectionTrait,
    meetings: &[MeetingId],
) -> Result<BTreeSet<MeetingId>, DbErr> {
    let mut found = BTreeSet::new();
    for some in meetings.chunks(500) {
        let ids: Vec<MeetingId> = entity::Entity::find()
            .select_only()
            .column(entity::Column::MeetingId)
            .distinct()
            .filter(entity::Column::MeetingId.is_in(some.iter().copied()))
            .filter(entity::Column::WithdrawnAt.is_null())
            .filter(entity::Column::State.is_in([AttendanceState::Present, AttendanceState::Online]))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(ids);
    }
    Ok(found)
}

/// Writes the first row of each person at a meeting; returns how many. Fewer than given: the others have one, perhaps
/// since a moment ago.
pub(crate) async fn enter(db: &impl ConnectionTrait, rows: &[Attendance]) -> Result<u64, DbErr> {
    let mut written = 0;
    for some in rows.chunks(500) {
        let once = OnConflict::columns([entity::Column::MeetingId, entity::Column::PersonId])
            .do_nothing()
            .to_owned();
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        written += entity::Entity::insert_many(rows).on_conflict(once).exec_without_returning(db).await?;
    }
    Ok(written)
}

/// Replaces a row that is still as it was read. `false`: it is not.
pub(super) async fn replace(
    db: &impl ConnectionTrait,
    read: &Attendance,
    row: Attendance,
) -> Result<bool, DbErr> {
    let mut change = row.into_active_model().reset_all();
    change.id = sea_orm::NotSet;
    let unchanged = match read.withdrawn_at {
        Some(at) => entity::Column::WithdrawnAt.eq(at),
        None => entity::Column::WithdrawnAt.is_null(),
    };
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(read.id))
        .filter(entity::Column::RecordedAt.eq(read.recorded_at))
        .filter(entity::Column::State.eq(read.state))
        .filter(unchanged)
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
