//! Queries on what steps took.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel,
    Iterable, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};

use crate::{
    aid::{
        Case, CaseEvent, Status,
        clock::{Column, Entity, Kept},
        entity, event,
        procedure::Limit,
    },
    authority::Scope,
    ids::{CaseId, RegionCode},
};

pub(in crate::aid) async fn keep(db: &impl ConnectionTrait, row: Kept) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(db).await?;
    Ok(())
}

/// The clocks of a case that have stopped, in the order of their beginnings.
pub async fn of_case(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Kept>, DbErr> {
    Entity::find().filter(Column::CaseId.eq(case)).order_by_asc(Column::Since).all(db).await
}

/// What was done in some places since a day, by county and step.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Done {
    /// Where.
    pub region: RegionCode,
    /// What.
    pub limit_of: Limit,
    /// How often.
    pub count: i64,
    /// How often too late.
    pub late: i64,
    /// Working days, together.
    pub used: i64,
}

/// Sums of what has stopped since a day.
pub(in crate::aid) async fn done(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    since: NaiveDate,
) -> Result<Vec<Done>, DbErr> {
    let cases = entity::Entity::find().select_only().column(entity::Column::Id);
    let cases = cases.filter(super::case::reached(scopes)).into_query();
    Entity::find()
        .select_only()
        .column(Column::Region)
        .column(Column::LimitOf)
        .column_as(Expr::cust("COUNT(*)"), "count")
        .column_as(Expr::cust("SUM(CASE WHEN ended_on > due_on THEN 1 ELSE 0 END)"), "late")
        .column_as(Expr::cust("SUM(used)"), "used")
        .filter(Column::EndedOn.gte(since))
        .filter(Column::CaseId.in_subquery(cases))
        .group_by(Column::Region)
        .group_by(Column::LimitOf)
        .order_by_asc(Column::Region)
        .into_model::<Done>()
        .all(db)
        .await
}

/// The cases in which something runs or stands still, longest waiting first, with their logs.
pub(in crate::aid) async fn running(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    limit: u64,
) -> Result<Vec<(Case, Vec<CaseEvent>)>, DbErr> {
    let statuses: Vec<Status> = Status::iter().filter(|status| Limit::of(*status).is_some()).collect();
    let cases = super::case::waiting(db, scopes, &statuses, limit).await?;
    let mut logs: HashMap<CaseId, Vec<CaseEvent>> = HashMap::new();
    for part in cases.chunks(500) {
        let ids = part.iter().map(|case| case.id);
        let rows = event::Entity::find().filter(event::Column::CaseId.is_in(ids));
        for entry in rows.order_by_asc(event::Column::Seq).all(db).await? {
            logs.entry(entry.case_id).or_default().push(entry);
        }
    }
    let with_log = |case: Case| {
        let log = logs.remove(&case.id).unwrap_or_default();
        (case, log)
    };
    Ok(cases.into_iter().map(with_log).collect())
}
