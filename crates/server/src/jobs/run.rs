//! The loops. The only place of the server that waits.

use std::{future::Future, pin::Pin, time::Duration};

use chrono::{DateTime, Utc};
use domain::Context;
use notify::{Dispatcher, scheduler};
use tokio::{sync::watch, task::JoinSet};

use super::{
    approvals::Approvals, climbing::Climbing, directory::Directory, failed_events::FailedEvents,
    notices::Notices, reconcile::Reconcile,
};
use crate::{app::Db, callback::Inbox, clock::Clock};

/// How long a loop rests when there was nothing to do.
const IDLE: Duration = Duration::from_millis(300);
/// After a failed round: the database or the platform is down, and hammering does not help.
const TROUBLE: Duration = Duration::from_secs(3);

/// Every job with what it needs.
#[derive(Clone)]
pub struct Jobs {
    /// What time it is.
    pub clock: Clock,
    /// Works off what came in.
    pub inbox: Inbox,
    /// Sends what must be said.
    pub dispatcher: Dispatcher,
    /// Takes the next way to whom the first did not reach.
    pub climbing: Climbing,
    /// Asks the platform about approvals that have been silent for long.
    pub approvals: Approvals,
    /// Fetches the events that were pushed and not taken.
    pub failed_events: FailedEvents,
    /// Ends public notices that have run their days.
    pub notices: Notices,
    /// Walks through the directory each night, and looks for leavers all day.
    pub directory: Directory,
    /// Holds the platform's approvals against ours.
    pub reconcile: Reconcile,
}

/// The running loops.
#[derive(Debug)]
pub struct Running {
    stop: watch::Sender<bool>,
    loops: JoinSet<()>,
}

impl Running {
    /// Lets each loop finish its round and waits for all of them.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        while self.loops.join_next().await.is_some() {}
    }
}

impl Jobs {
    /// Starts the loops on this thread's runtime: what takes time in them is waiting for others.
    pub fn start(self) -> Running {
        let (stop, stopped) = watch::channel(false);
        let mut loops = JoinSet::new();
        let clock = self.clock;
        let seconds = Duration::from_secs;
        // Plans have a resolution of a minute; looking more often makes the demo's clock feel alive.
        let (db, cx) = (self.dispatcher.db.clone(), self.dispatcher.cx.clone());
        let (inbox, notices) = (self.inbox, self.notices);
        let (prover, dispatcher) = (self.dispatcher.clone(), self.dispatcher);
        let climbing = self.climbing;
        let (approvals, failed_events) = (self.approvals, self.failed_events);
        let (nightly, leavers, reconcile) = (self.directory.clone(), self.directory, self.reconcile);
        let rounds: [(&'static str, Duration, Round); 11] = [
            ("inbox", IDLE, Box::new(move |now| Box::pin(inbox.clone().round(now)))),
            ("outbox", IDLE, Box::new(move |now| Box::pin(send(dispatcher.clone(), now)))),
            ("plans", seconds(1), Box::new(move |now| Box::pin(plans(db.clone(), cx.clone(), now)))),
            ("proofs", seconds(10), Box::new(move |now| Box::pin(prove(prover.clone(), now)))),
            ("climbing", seconds(5), Box::new(move |now| Box::pin(climbing.clone().round(now)))),
            ("notices", seconds(2), Box::new(move |now| Box::pin(notices.clone().round(now)))),
            ("approvals", seconds(30), Box::new(move |now| Box::pin(approvals.clone().round(now)))),
            ("failed events", seconds(60), Box::new(move |now| Box::pin(failed_events.clone().round(now)))),
            ("directory", seconds(30), Box::new(move |now| Box::pin(nightly.clone().nightly(now)))),
            ("reconciliation", seconds(30), Box::new(move |now| Box::pin(reconcile.clone().round(now)))),
            ("leavers", seconds(5), Box::new(move |now| Box::pin(leavers.clone().leavers(now)))),
        ];
        for (name, rest, round) in rounds {
            loops.spawn_local(repeat((name, rest), clock.clone(), stopped.clone(), round));
        }
        Running { stop, loops }
    }
}

async fn send(dispatcher: Dispatcher, now: DateTime<Utc>) -> anyhow::Result<usize> {
    dispatcher.run_once(now).await
}

async fn prove(dispatcher: Dispatcher, now: DateTime<Utc>) -> anyhow::Result<usize> {
    dispatcher.prove(now).await
}

async fn plans(db: Db, cx: Context, now: DateTime<Utc>) -> anyhow::Result<usize> {
    scheduler::run_once(&db, &cx, now).await.map(|_| 0)
}

/// One round of a job: how much it did.
type Round = Box<dyn Fn(DateTime<Utc>) -> Pin<Box<dyn Future<Output = anyhow::Result<usize>>>>>;

/// Runs a job again and again: at once while there is work, after `rest` when there was none.
async fn repeat(
    (name, rest): (&'static str, Duration),
    clock: Clock,
    mut stop: watch::Receiver<bool>,
    job: Round,
) {
    while !*stop.borrow() {
        let pause = match job(clock.now()).await {
            Ok(0) => rest,
            Ok(_) => Duration::ZERO,
            Err(error) => {
                tracing::error!(job = name, error = format!("{error:#}"), "round failed");
                metrics::counter!("job_rounds_failed", "job" => name).increment(1);
                TROUBLE
            }
        };
        #[expect(clippy::disallowed_methods, reason = "the loop is where the server waits")]
        let wait = tokio::time::sleep(pause);
        tokio::select! {
            () = wait => {}
            _ = stop.changed() => {}
        }
    }
}
