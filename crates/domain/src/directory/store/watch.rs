//! Queries on the one row of the watch for leavers.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, sea_query::OnConflict,
};

use crate::directory::entity::watch;

/// The only row.
const ID: i32 = 1;

/// What the watch knows from last time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// When ids were compared last.
    pub swept_at: Option<DateTime<Utc>>,
    /// By how many the platform's count was larger than ours then.
    pub difference: Option<i64>,
}

/// Takes the turn to look, which one server has in each `every`. `None`: another one has looked already.
pub async fn look(
    db: &impl ConnectionTrait,
    every: TimeDelta,
    now: DateTime<Utc>,
) -> Result<Option<Before>, DbErr> {
    let first = watch::Model { id: ID, looked_at: now, swept_at: None, difference: None };
    let there = OnConflict::column(watch::Column::Id).do_nothing().to_owned();
    let insert = watch::Entity::insert(first.into_active_model().reset_all()).on_conflict(there);
    if insert.exec_without_returning(db).await? == 1 {
        return Ok(Some(Before::default()));
    }
    let mine = watch::Entity::update_many()
        .set(watch::ActiveModel { looked_at: Set(now), ..Default::default() })
        .filter(watch::Column::Id.eq(ID))
        .filter(watch::Column::LookedAt.lte(now - every))
        .exec(db)
        .await?;
    if mine.rows_affected == 0 {
        return Ok(None);
    }
    let row = watch::Entity::find_by_id(ID).one(db).await?;
    Ok(row.map(|row| Before { swept_at: row.swept_at, difference: row.difference }))
}

/// Ids were compared, and everybody who left is written down.
pub async fn swept(db: &impl ConnectionTrait, difference: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    let change = watch::ActiveModel {
        swept_at: Set(Some(now)),
        difference: Set(Some(difference)),
        ..Default::default()
    };
    watch::Entity::update_many().set(change).filter(watch::Column::Id.eq(ID)).exec(db).await?;
    Ok(())
}
