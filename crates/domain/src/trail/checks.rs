//! The nightly walk: claimed by one server, written down by it.

use audit::{Seq, Verdict};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use super::check::{ActiveModel, Column, Entity, Model};

/// A walk that has taken longer than this died with its server.
const DEAD: TimeDelta = TimeDelta::hours(2);

/// Takes the walk of a day. `false`: another server has it, or had it.
pub async fn begin(
    db: &impl ConnectionTrait,
    on_day: NaiveDate,
    anchors: i32,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let row =
        Model { on_day, started_at: now, finished_at: None, anchors, rows: 0, broken_at: None, fault: None };
    let taken = OnConflict::column(Column::OnDay).do_nothing().to_owned();
    let insert = Entity::insert(row.into_active_model().reset_all()).on_conflict(taken);
    if insert.exec_without_returning(db).await? == 1 {
        return Ok(true);
    }
    let again = ActiveModel { started_at: Set(now), anchors: Set(anchors), ..Default::default() };
    let dead = Entity::update_many()
        .set(again)
        .filter(Column::OnDay.eq(on_day))
        .filter(Column::FinishedAt.is_null())
        .filter(Column::StartedAt.lt(now - DEAD))
        .exec(db)
        .await?;
    Ok(dead.rows_affected == 1)
}

/// What a walk found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// What the chain is.
    Chain(Verdict),
    /// The folder of anchors is not ours any more.
    Anchors(String),
}

/// Writes down what the walk found.
pub async fn end(
    db: &impl ConnectionTrait,
    on_day: NaiveDate,
    finding: &Finding,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let (rows, broken_at, fault) = match finding {
        Finding::Chain(Verdict::Whole { rows, .. }) => (*rows, None, None),
        Finding::Chain(Verdict::Broken { seq: Seq(seq), why }) => {
            (seq - 1, Some(*seq), Some(format!("{why:?}")))
        }
        Finding::Anchors(why) => (0, None, Some(why.clone())),
    };
    let change = ActiveModel {
        finished_at: Set(Some(now)),
        rows: Set(rows.max(0)),
        broken_at: Set(broken_at),
        fault: Set(fault),
        ..Default::default()
    };
    Entity::update_many().set(change).filter(Column::OnDay.eq(on_day)).exec(db).await?;
    Ok(())
}

/// The last walks, latest first.
pub async fn last(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_desc(Column::OnDay).limit(limit).all(db).await
}
