//! The loops. The only place of the server that waits.

use std::{future::Future, panic::AssertUnwindSafe, pin::Pin, time::Duration};

use chrono::{DateTime, Utc};
use domain::Context;
use futures_util::FutureExt;
use mailbox::Stop;
use notify::{Dispatcher, scheduler};
use tokio::{sync::watch, task::JoinSet};

use super::{
    approvals::Approvals, climbing::Climbing, directory::Directory, evidence::Evidence,
    failed_events::FailedEvents, intakes::Intakes, notices::Notices, reconcile::Reconcile,
    retention::Retention, rotation::Rotation, trail::Trail,
};
use crate::{app::Db, callback::Inbox, clock::Clock, health};

/// Most begin with the server.
const NOW: Duration = Duration::ZERO;
/// Reading the list of failed events empties it, so a server that starts and dies again and again must not begin with that.
const SETTLED: Duration = Duration::from_secs(2);
/// How long a loop rests when there was nothing to do.
const IDLE: Duration = Duration::from_millis(300);
/// After a failed round: the database or the platform is down, and hammering does not help.
const TROUBLE: Duration = Duration::from_secs(1);
/// A round that is told to stop has at most one call to finish. One that still does not is left where it is, as a crash would leave it.
const STOP: Duration = Duration::from_secs(7);

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
    /// Fetches the events that were posted and not taken; `None` where nothing is posted.
    pub failed_events: Option<FailedEvents>,
    /// Ends public notices that have run their days.
    pub notices: Notices,
    /// Looks at, writes and takes back the rows of imports.
    pub intakes: Intakes,
    /// Walks through the directory each night, and looks for leavers all day.
    pub directory: Directory,
    /// Takes out of the folder of papers what belongs to nobody.
    pub evidence: Evidence,
    /// Holds the platform's approvals against ours.
    pub reconcile: Reconcile,
    /// Lists what is due, and takes away what was approved.
    pub retention: Retention,
    /// Seals with the newest key what is sealed with another.
    pub rotation: Rotation,
    /// Anchors the audit chain and walks through it.
    pub trail: Trail,
    /// The same in all of them: told when the server stops.
    pub stop: Stop,
}

/// The running loops.
#[derive(Debug)]
pub struct Running {
    stop: Stop,
    stopped: watch::Sender<bool>,
    loops: JoinSet<()>,
}

impl Running {
    /// Lets each round finish what it has in hand and give the rest back, and waits for all of them. Dropping it instead ends them
    /// where they are.
    pub async fn stop(&mut self) {
        self.stop.tell();
        let _ = self.stopped.send(true);
        let end = async { while self.loops.join_next().await.is_some() {} };
        if tokio::time::timeout(STOP, end).await.is_err() {
            tracing::warn!("a job did not stop in time");
            self.loops.shutdown().await;
        }
    }
}

impl Jobs {
    /// Starts the loops on this thread's runtime: what takes time in them is waiting for others.
    pub fn start(self) -> Running {
        let (stop, (stopped, told)) = (self.stop, watch::channel(false));
        let mut loops = JoinSet::new();
        let clock = self.clock;
        let seconds = Duration::from_secs;
        // Plans have a resolution of a minute; looking more often makes the demo's clock feel alive.
        let (db, cx) = (self.dispatcher.db.clone(), self.dispatcher.cx.clone());
        let (term, passing) = ((db.clone(), cx.clone()), (db.clone(), cx.clone()));
        let (visiting, sorting, drawing) =
            ((db.clone(), cx.clone()), (db.clone(), cx.clone()), (db.clone(), cx.clone()));
        let hearing = (db.clone(), cx.clone());
        let (inbox, notices) = (self.inbox, self.notices);
        let (prover, dispatcher) = (self.dispatcher.clone(), self.dispatcher);
        let climbing = self.climbing;
        let (approvals, failed_events) = (self.approvals, self.failed_events);
        let intakes = self.intakes;
        let (nightly, leavers, reconcile) = (self.directory.clone(), self.directory, self.reconcile);
        let (trail, rotation, retention) = (self.trail, self.rotation, self.retention);
        let evidence = self.evidence;
        let rounds: [(&'static str, [Duration; 2], Round); 23] = [
            ("inbox", [NOW, IDLE], Box::new(move |now| Box::pin(inbox.clone().round(now)))),
            ("outbox", [NOW, IDLE], Box::new(move |now| Box::pin(send(dispatcher.clone(), now)))),
            ("plans", [NOW, seconds(1)], Box::new(move |now| Box::pin(plans(db.clone(), cx.clone(), now)))),
            ("terms", [NOW, seconds(60)], Box::new(move |now| Box::pin(terms(term.clone(), now)))),
            (
                "outreach",
                [SETTLED, seconds(600)],
                Box::new(move |now| Box::pin(visits(visiting.clone(), now))),
            ),
            (
                "grievances",
                [SETTLED, seconds(10)],
                Box::new(move |now| Box::pin(grievances(hearing.clone(), now))),
            ),
            (
                "segments",
                [SETTLED, seconds(10)],
                Box::new(move |now| Box::pin(segments(sorting.clone(), now))),
            ),
            ("samples", [SETTLED, seconds(10)], Box::new(move |now| Box::pin(draws(drawing.clone(), now)))),
            ("proofs", [NOW, seconds(10)], Box::new(move |now| Box::pin(prove(prover.clone(), now)))),
            ("climbing", [NOW, seconds(5)], Box::new(move |now| Box::pin(climbing.clone().round(now)))),
            ("notices", [NOW, seconds(2)], Box::new(move |now| Box::pin(notices.clone().round(now)))),
            ("intakes", [NOW, seconds(1)], Box::new(move |now| Box::pin(intakes.clone().round(now)))),
            ("approvals", [NOW, seconds(30)], Box::new(move |now| Box::pin(approvals.clone().round(now)))),
            (
                "failed events",
                [SETTLED, seconds(5)],
                Box::new(move |now| Box::pin(missed(failed_events.clone(), now))),
            ),
            (
                "directory",
                [SETTLED, seconds(30)],
                Box::new(move |now| Box::pin(nightly.clone().nightly(now))),
            ),
            (
                "reconciliation",
                [SETTLED, seconds(30)],
                Box::new(move |now| Box::pin(reconcile.clone().round(now))),
            ),
            ("leavers", [SETTLED, seconds(5)], Box::new(move |now| Box::pin(leavers.clone().leavers(now)))),
            ("rotation", [SETTLED, seconds(600)], Box::new(move |now| Box::pin(rotation.clone().round(now)))),
            (
                "retention",
                [SETTLED, seconds(30)],
                Box::new(move |now| Box::pin(retention.clone().round(now))),
            ),
            ("evidence", [SETTLED, seconds(60)], Box::new(move |now| Box::pin(evidence.clone().round(now)))),
            ("trail", [SETTLED, seconds(5)], Box::new(move |now| Box::pin(trail.clone().round(now)))),
            ("passing", [SETTLED, seconds(15)], Box::new(move |now| Box::pin(pass(passing.clone(), now)))),
            ("figures", [NOW, seconds(5)], Box::new(|_| Box::pin(async { Ok(health::tidy()) }))),
        ];
        for (name, rests, round) in rounds {
            loops.spawn_local(repeat((name, rests), clock.clone(), told.clone(), round));
        }
        Running { stop, stopped, loops }
    }
}

async fn send(dispatcher: Dispatcher, now: DateTime<Utc>) -> anyhow::Result<usize> {
    dispatcher.run_once(now).await
}

async fn missed(events: Option<FailedEvents>, now: DateTime<Utc>) -> anyhow::Result<usize> {
    match events {
        Some(events) => events.round(now).await,
        None => Ok(0),
    }
}

async fn prove(dispatcher: Dispatcher, now: DateTime<Utc>) -> anyhow::Result<usize> {
    dispatcher.prove(now).await
}

async fn plans(db: Db, cx: Context, now: DateTime<Utc>) -> anyhow::Result<usize> {
    scheduler::run_once(&db, &cx, now).await.map(|_| 0)
}

async fn terms((db, cx): (Db, Context), now: DateTime<Utc>) -> anyhow::Result<usize> {
    Ok(domain::authority::term::remind(&db, &cx, now).await?)
}

async fn visits((db, cx): (Db, Context), now: DateTime<Utc>) -> anyhow::Result<usize> {
    Ok(domain::outreach::commands::remind::remind(&db, &cx, now).await?)
}

async fn grievances((db, cx): (Db, Context), now: DateTime<Utc>) -> anyhow::Result<usize> {
    let released = domain::grievance::commands::release::release(&db, &cx, now).await?;
    Ok(released + domain::grievance::commands::remind::remind(&db, &cx, now).await?)
}

async fn segments((db, cx): (Db, Context), now: DateTime<Utc>) -> anyhow::Result<usize> {
    Ok(domain::segment::walk::round(&db, &cx, now).await?)
}

async fn draws((db, cx): (Db, Context), now: DateTime<Utc>) -> anyhow::Result<usize> {
    Ok(domain::aid::commands::sample::draw_due(&db, &cx, now).await?)
}

async fn pass((db, cx): (Db, Context), now: DateTime<Utc>) -> anyhow::Result<usize> {
    Ok(domain::aid::commands::passing::ask_due(&db, &cx, now).await?)
}

/// One round of a job: how much it did.
type Round = Box<dyn Fn(DateTime<Utc>) -> Pin<Box<dyn Future<Output = anyhow::Result<usize>>>>>;

/// Runs a job again and again, after a first rest: at once while there is work, after the second when there was none.
async fn repeat(
    (name, [mut pause, rest]): (&'static str, [Duration; 2]),
    clock: Clock,
    mut stop: watch::Receiver<bool>,
    job: Round,
) {
    while !*stop.borrow() {
        #[expect(clippy::disallowed_methods, reason = "the loop is where the server waits")]
        let wait = tokio::time::sleep(pause);
        tokio::select! {
            () = wait => pause = pause_after((name, rest), job(clock.now())).await,
            _ = stop.changed() => {}
        }
    }
}

/// Does a round; says how long to rest then. A round that panics is a failed round: a loop that ended would be missed by nobody.
async fn pause_after(
    (name, rest): (&'static str, Duration),
    round: impl Future<Output = anyhow::Result<usize>>,
) -> Duration {
    let done = AssertUnwindSafe(round).catch_unwind().await;
    match done.unwrap_or_else(|_| Err(anyhow::anyhow!("it panicked"))) {
        Ok(0) => rest,
        Ok(_) => Duration::ZERO,
        Err(error) => {
            tracing::error!(job = name, error = format!("{error:#}"), "round failed");
            metrics::counter!("job_rounds_failed", "job" => name).increment(1);
            TROUBLE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, TROUBLE, pause_after};

    const REST: Duration = Duration::from_secs(1);

    async fn pause(round: impl Future<Output = anyhow::Result<usize>>) -> Duration {
        pause_after(("test", REST), round).await
    }

    #[actix_web::test]
    async fn a_round_that_fails_or_panics_is_not_the_last() {
        assert_eq!(pause(async { Ok(0) }).await, REST);
        assert_eq!(pause(async { Ok(7) }).await, Duration::ZERO);
        assert_eq!(pause(async { anyhow::bail!("no database") }).await, TROUBLE);
        assert_eq!(pause(async { std::panic::resume_unwind(Box::new("a defect")) }).await, TROUBLE);
    }
}
