//! Keeping a batch for as long as its work takes.

use std::convert::Infallible;
use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, Value};
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use crate::lease::{Leased, Queue};
use crate::turn::Writer;

/// The leases of a claimed batch. They may be short, so that what a dead worker had goes on soon, because they are renewed while the
/// worker lives: three times in the length of one, so that two renewals may fail.
#[derive(Clone, Debug)]
pub struct Hold {
    table: &'static str,
    owner: String,
    /// Which rows, and under which of their leases.
    rows: Vec<(Uuid, i32)>,
}

impl Hold {
    pub(crate) fn of<Q: Queue>(rows: &[Q::Row]) -> Self {
        let owner = rows.first().and_then(Leased::owner).unwrap_or_default().to_owned();
        Self { table: Q::TABLE, owner, rows: rows.iter().map(|row| (row.id(), row.attempts())).collect() }
    }

    /// Does the work, and renews meanwhile what of the batch is not settled. `lease` and `now` are those of the claim. Whoever drops this
    /// renews nothing any more.
    pub async fn during<T>(
        &self,
        db: &DatabaseConnection,
        (lease, now): (Duration, DateTime<Utc>),
        work: impl Future<Output = T>,
    ) -> T {
        tokio::select! {
            biased;
            done = work => done,
            never = self.renew_again_and_again(db, lease, now) => match never {},
        }
    }

    async fn renew_again_and_again(
        &self,
        db: &DatabaseConnection,
        lease: Duration,
        now: DateTime<Utc>,
    ) -> Infallible {
        let mut beat = interval(lease / 3);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let began = beat.tick().await;
        loop {
            let passed = beat.tick().await - began;
            if let Err(error) = self.renew(db, now + passed + lease).await {
                tracing::warn!(table = self.table, %error, "leases not renewed");
            }
        }
    }

    async fn renew(&self, db: &DatabaseConnection, until: DateTime<Utc>) -> Result<(), DbErr> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut values: Vec<Value> = vec![until.trunc_subsecs(6).into(), self.owner.as_str().into()];
        let mut rows = Vec::with_capacity(self.rows.len());
        for (id, attempts) in &self.rows {
            rows.push(format!("(${}, ${})", values.len() + 1, values.len() + 2));
            values.extend([(*id).into(), (*attempts).into()]);
        }
        let sql = format!(
            "UPDATE {} SET run_at = $1 WHERE state = 1 AND lease_owner = $2 AND (id, attempts) IN (VALUES {})",
            self.table,
            rows.join(", ")
        );
        let _turn = db.turn().await;
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
        Ok(())
    }
}
