//! The checklist, in the transaction that records the death.

use chrono::{DateTime, Days, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{DeathTask, TaskKind, store};
use crate::{
    aid,
    calendar::local_date,
    ids::{DeathTaskId, PaymentId},
    person::Died,
};

/// Opens it: three things for everybody, and one for each payment that went out after the death.
pub(crate) async fn open(tx: &impl ConnectionTrait, died: &Died, now: DateTime<Utc>) -> Result<(), DbErr> {
    let today = local_date(now);
    let task = |kind: TaskKind, payment: Option<PaymentId>| DeathTask {
        id: DeathTaskId::new(now),
        person_id: died.person,
        kind,
        payment_id: payment,
        due_on: today.checked_add_days(Days::new(kind.days())).unwrap_or(today),
        opened_at: now,
        done_at: None,
        done_by: None,
        note: None,
        undone_at: None,
    };
    let mut tasks: Vec<DeathTask> =
        [TaskKind::Funeral, TaskKind::Pension, TaskKind::Survivors].map(|kind| task(kind, None)).into();
    for payment in aid::commands::death::paid_after(tx, died).await? {
        tasks.push(task(TaskKind::Overpayment, Some(payment)));
    }
    store::insert(tx, &tasks).await
}
