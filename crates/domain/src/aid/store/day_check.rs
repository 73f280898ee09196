//! Queries on the checks of batches on the days on which they are paid.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};

use crate::{
    aid::payment::{
        DayCheck, DayFinding,
        day_check::{check, finding},
    },
    ids::{BatchId, PaymentId},
};

/// Was a batch checked on a day?
pub async fn was_on(db: &impl ConnectionTrait, batch: BatchId, day: NaiveDate) -> Result<bool, DbErr> {
    let found = check::Entity::find()
        .filter(check::Column::BatchId.eq(batch))
        .filter(check::Column::OnDay.eq(day))
        .count(db)
        .await?;
    Ok(found > 0)
}

/// Every check of a batch with what it found, oldest first.
pub async fn of_batch(
    db: &impl ConnectionTrait,
    batch: BatchId,
) -> Result<Vec<(DayCheck, Vec<DayFinding>)>, DbErr> {
    let checks = check::Entity::find()
        .filter(check::Column::BatchId.eq(batch))
        .order_by_asc(check::Column::Id)
        .all(db)
        .await?;
    let mut all = Vec::with_capacity(checks.len());
    for check in checks {
        let of = finding::Column::CheckId.eq(check.id);
        let findings =
            finding::Entity::find().filter(of).order_by_asc(finding::Column::PaymentId).all(db).await?;
        all.push((check, findings));
    }
    Ok(all)
}

/// What earlier checks of a batch have found.
pub(in crate::aid) async fn found(
    db: &impl ConnectionTrait,
    batch: BatchId,
) -> Result<HashSet<PaymentId>, DbErr> {
    let all = of_batch(db, batch).await?;
    Ok(all.into_iter().flat_map(|(_, findings)| findings).map(|finding| finding.payment_id).collect())
}

pub(in crate::aid) async fn insert(
    db: &impl ConnectionTrait,
    check: DayCheck,
    findings: &[DayFinding],
) -> Result<(), DbErr> {
    check.into_active_model().reset_all().insert(db).await?;
    for finding in findings {
        let row = finding.clone().into_active_model().reset_all();
        finding::Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(())
}
