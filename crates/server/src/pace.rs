//! The pace of all servers together: the limiter of the platform's client, with its windows in rows. What is counted by the month is
//! not its business: that is the meter's, which counts where a call is decided on and where a delivery is accepted.

use std::time::Duration;

use chrono::{DateTime, Utc};
use dingtalk::limits::{ADDRESS_BAN, ADDRESS_CALLS, ADDRESS_WINDOW, Call, Heard, Limiter, Plan, Verdict};
use domain::pace::{self, Rate};
use futures_util::future::{BoxFuture, ready};

use crate::app::Db;

/// Everything that leaves by our address; a ban is of it.
const ADDRESS: &str = "address";

/// Asks the rows before each call, in one statement.
#[derive(Clone, Debug)]
pub struct Shared {
    db: Db,
    plan: Plan,
}

impl Shared {
    /// For every server on these rows.
    pub fn new(db: Db, plan: Plan) -> Self {
        Self { db, plan }
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
}

impl Limiter for Shared {
    fn ask<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Verdict> {
        Box::pin(async move {
            match pace::take(&self.db, &self.rates(call)).await {
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

    fn heard<'a>(&'a self, _: &'a Call, what: Heard) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            match what {
                Heard::Banned => {
                    tracing::error!("the platform has banned our address for five minutes");
                    metrics::counter!("dingtalk_bans").increment(1);
                    if let Err(error) = pace::hold(&self.db, ADDRESS, ADDRESS_BAN).await {
                        tracing::warn!(error = &error as &dyn std::error::Error, "the ban cannot be written");
                    }
                }
                // A turn that was taken stays taken: it was a call within this second.
                Heard::NotCounted | Heard::UsedUp => {}
            }
        })
    }

    fn delivered<'a>(&'a self, _: &'a str, _: DateTime<Utc>) -> BoxFuture<'a, ()> {
        Box::pin(ready(()))
    }
}
