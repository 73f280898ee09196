//! Every query on meetings and what they claim.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::{Meeting, MeetingClaim, MeetingStatus, claim, entity};
use crate::{
    branch::{self, Obligation},
    ids::{BranchId, MeetingId, RegionCode},
};

/// One meeting, cancelled or not.
pub async fn find(db: &impl ConnectionTrait, id: MeetingId) -> Result<Option<Meeting>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// The meetings of branches that begin in `[from, to)`, earliest first, cancelled ones included.
pub async fn of_branches(
    db: &impl ConnectionTrait,
    branches: &[BranchId],
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Meeting>, DbErr> {
    let mut found = Vec::new();
    for some in branches.chunks(500) {
        let rows = entity::Entity::find()
            .filter(entity::Column::BranchId.is_in(some.iter().copied()))
            .filter(entity::Column::StartsAt.gte(from))
            .filter(entity::Column::StartsAt.lt(to))
            .order_by_asc(entity::Column::StartsAt)
            .order_by_asc(entity::Column::Id)
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// The meetings that are planned to begin in `[from, to)` in a region and everything below it.
pub async fn planned_in_region(
    db: &impl ConnectionTrait,
    region: &RegionCode,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Meeting>, DbErr> {
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Branch.def())
        .filter(branch::store::in_region(region))
        .filter(entity::Column::Status.eq(MeetingStatus::Planned))
        .filter(entity::Column::StartsAt.gte(from))
        .filter(entity::Column::StartsAt.lt(to))
        .order_by_asc(entity::Column::StartsAt)
        .order_by_asc(entity::Column::Id)
        .all(db)
        .await
}

/// What meetings claim to answer.
pub async fn claims_of(
    db: &impl ConnectionTrait,
    meetings: &[MeetingId],
) -> Result<Vec<MeetingClaim>, DbErr> {
    let mut found = Vec::new();
    for some in meetings.chunks(500) {
        let rows = claim::Entity::find()
            .filter(claim::Column::MeetingId.is_in(some.iter().copied()))
            .order_by_asc(claim::Column::MeetingId)
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Writes meetings with what they claim, each claim once.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    meetings: &[(Meeting, Vec<Obligation>)],
) -> Result<(), DbErr> {
    for some in meetings.chunks(500) {
        let rows = some.iter().map(|(meeting, _)| meeting.clone().into_active_model().reset_all());
        entity::Entity::insert_many(rows).exec_without_returning(db).await?;
        let claims: BTreeSet<(MeetingId, Obligation)> = some
            .iter()
            .flat_map(|(meeting, claims)| claims.iter().map(|claim| (meeting.id, *claim)))
            .collect();
        if !claims.is_empty() {
            let row = |(meeting, obligation)| claim::ActiveModel {
                meeting_id: Set(meeting),
                obligation: Set(obligation),
            };
            claim::Entity::insert_many(claims.into_iter().map(row)).exec_without_returning(db).await?;
        }
    }
    Ok(())
}

/// Changes the status, if the row is still the version that was read. `false`: somebody else was faster.
pub(super) async fn set_status(
    db: &impl ConnectionTrait,
    read: &Meeting,
    status: MeetingStatus,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let change = entity::ActiveModel {
        status: Set(status),
        version: Set(read.version + 1),
        updated_at: Set(now),
        ..Default::default()
    };
    let done = entity::Entity::update_many()
        .set(change)
        .filter(entity::Column::Id.eq(read.id))
        .filter(entity::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
