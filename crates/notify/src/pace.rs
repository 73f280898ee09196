//! The pace and the meter of all servers together: the limiter of the platform's client, with its windows and the month's count in rows.
//! Every call goes through it, whoever makes it, so here is where calls are counted: in the transaction of the turn that is taken, before
//! the call leaves. A server that dies in between has counted one too many, never one too few.
//!
//! Deliveries do not go through the client; they are counted where they come in.

use std::time::Duration;

use chrono::{DateTime, Utc};
use dingtalk::limits::{
    ADDRESS_BAN, ADDRESS_CALLS, ADDRESS_WINDOW, Call, Cost, Heard, Limiter, Plan, Verdict,
};
use domain::{
    pace::{self, Rate},
    quota::{self, Limits},
};
use futures_util::future::{BoxFuture, ready};
use sea_orm::{DatabaseConnection, DbErr};

/// Everything that leaves by our address; a ban is of it.
const ADDRESS: &str = "address";

/// Asks the rows before each call: in one statement, and in one transaction where the call is counted.
#[derive(Clone, Debug)]
pub struct Shared {
    db: DatabaseConnection,
    plan: Plan,
    limits: Limits,
}

impl Shared {
    /// For every server on these rows.
    pub fn new(db: DatabaseConnection, plan: Plan, limits: Limits) -> Self {
        Self { db, plan, limits }
    }

    fn rates(&self, call: &Call) -> Vec<Rate> {
        let name = &call.api.name;
        let second = Duration::from_secs(1);
        let mut rates = vec![
            Rate { name: ADDRESS.to_owned(), calls: ADDRESS_CALLS, span: ADDRESS_WINDOW },
            Rate { name: name.clone(), calls: self.plan.per_second, span: second },
        ];
        if let Some(calls) = call.api.per_minute {
            let name = format!("{name} {}", call.subject.as_deref().unwrap_or_default());
            rates.push(Rate { name, calls, span: Duration::from_mins(1) });
        }
        rates
    }

    /// Takes a turn, and counts the call if it may go.
    async fn turn(&self, call: &Call) -> Result<Option<Duration>, DbErr> {
        let rates = self.rates(call);
        if call.api.cost == Cost::Free {
            return pace::take(&self.db, &rates).await;
        }
        // One commit for both.
        let tx = mailbox::transaction::write(&self.db).await?;
        let wait = pace::take(&tx, &rates).await?;
        if wait.is_none() {
            quota::count_call(&tx, &self.limits, call.at).await?;
        }
        tx.commit().await?;
        Ok(wait)
    }

    /// Writes down what the platform said to a call.
    async fn note(&self, call: &Call, what: Heard) -> Result<(), DbErr> {
        if what == Heard::Banned {
            pace::hold(&self.db, ADDRESS, ADDRESS_BAN).await?;
        }
        // A turn that was taken stays taken: it was a call within this second.
        if call.api.cost == Cost::Counted {
            quota::not_counted(&self.db, &self.limits, call.at).await?;
        }
        if what == Heard::UsedUp {
            quota::refused(&self.db, &self.limits, call.at).await?;
        }
        Ok(())
    }
}

impl Limiter for Shared {
    fn ask<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Verdict> {
        Box::pin(async move {
            match self.turn(call).await {
                Ok(None) => Verdict::Go,
                Ok(Some(wait)) => Verdict::Wait(wait),
                // The platform has the last word; not calling at all would be worse.
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "the pace cannot be read");
                    Verdict::Go
                }
            }
        })
    }

    fn heard<'a>(&'a self, call: &'a Call, what: Heard) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            if what == Heard::Banned {
                tracing::error!("the platform has banned our address for five minutes");
                metrics::counter!("dingtalk_bans").increment(1);
            }
            if let Err(error) = self.note(call, what).await {
                tracing::warn!(error = &error as &dyn std::error::Error, ?what, "the answer cannot be noted");
            }
        })
    }

    fn delivered<'a>(&'a self, _: &'a str, _: DateTime<Utc>) -> BoxFuture<'a, ()> {
        Box::pin(ready(()))
    }
}
