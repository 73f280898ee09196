//! Several connections, each replaced when it ends.

use std::sync::{Arc, atomic::Ordering::Relaxed};

use dingtalk::Client;
use tokio::{
    select,
    sync::{oneshot, watch},
    task::JoinSet,
};

use super::{
    Handler, Health, Pause, Problem, Settings, Surroundings,
    connect::Socket,
    connection::{Connection, Over},
    open::{NotOpen, open},
    work::Work,
};

/// Holds connections and gives what comes on them to a handler.
pub struct Listener<H, S> {
    client: Client,
    work: Arc<Work<H, S>>,
}

impl<H, S> std::fmt::Debug for Listener<H, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listener").field("settings", &self.work.settings).finish_non_exhaustive()
    }
}

impl<H: Handler, S: Surroundings> Listener<H, S> {
    /// A listener for the app of the client. Nothing happens before [`Self::run`].
    pub fn new(client: Client, settings: Settings, handler: H, surroundings: S) -> Self {
        Self { client, work: Arc::new(Work::new(settings, handler, surroundings)) }
    }

    /// How it is, now and while it runs.
    pub fn health(&self) -> Health {
        self.work.health.clone()
    }

    /// Listens until `stop` ends. Then what is under way is finished and answered, events that still come are put off, what comes only
    /// once is taken, and the connections are closed as soon as nothing is under way. Failures, a wrong secret among them, are tried again for ever: [`Self::health`] tells of them.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let (order, stopped) = watch::channel(false);
        let mut slots = JoinSet::new();
        for _ in 0..self.work.settings.connections.max(1) {
            let slot = Slot {
                client: self.client.clone(),
                work: Arc::clone(&self.work),
                stopped: stopped.clone(),
                failures: 0,
                dismissals: 0,
            };
            slots.spawn(slot.keep());
        }
        stop.await;
        order.send_replace(true);
        while slots.join_next().await.is_some() {}
    }
}

/// One place for a connection.
struct Slot<H, S> {
    client: Client,
    work: Arc<Work<H, S>>,
    stopped: watch::Receiver<bool>,
    /// Attempts in a row that led to nothing.
    failures: u32,
    /// Connections in a row that were sent away before anything came.
    dismissals: u32,
}

impl<H: Handler, S: Surroundings> Slot<H, S> {
    async fn keep(mut self) {
        // The current one, and those that still have answers to give.
        let mut connections = JoinSet::new();
        let mut previous: Option<oneshot::Sender<()>> = None;
        while let Some(opened) = self.unless_stopped(self.open()).await {
            let socket = match opened {
                Ok(socket) => socket,
                Err(error) => {
                    self.failed(&error);
                    if self.rest().await {
                        continue;
                    }
                    break;
                }
            };
            if let Some(previous) = previous.take() {
                // It may have been closed by the gateway meanwhile.
                let _ = previous.send(());
            }
            let (over, ended) = oneshot::channel();
            let (replace, replaced) = oneshot::channel();
            let connection = Connection::new(socket, Arc::clone(&self.work), over);
            connections.spawn(connection.serve(replaced, self.stopped.clone()));
            let over = ended.await.unwrap_or(Over::Ended { lived: false });
            while connections.try_join_next().is_some() {}
            match over {
                Over::Leaving { lived } => {
                    previous = Some(replace);
                    self.failures = 0;
                    self.dismissals = if lived { 0 } else { self.dismissals + 1 };
                    // Once is a moment's work of the gateway; again and again must not become a race.
                    if self.dismissals > 1 && !self.rest_for(self.dismissals - 2).await {
                        break;
                    }
                }
                Over::Ended { lived } => {
                    if lived {
                        (self.failures, self.dismissals) = (0, 0);
                    }
                    if !self.rest().await {
                        break;
                    }
                }
            }
        }
        while connections.join_next().await.is_some() {}
    }

    async fn open(&self) -> Result<Socket, NotOpen> {
        open(&self.client, &self.work.settings, &self.work.surroundings).await
    }

    fn failed(&self, error: &NotOpen) {
        let what = error.what();
        tracing::warn!(what, failures = self.failures, "no stream connection");
        self.work.health.counts().failed.fetch_add(1, Relaxed);
        self.work.health.set_problem(Some(Problem { at: self.work.surroundings.now(), what }));
    }

    /// Waits before the next attempt, longer each time. False when it is time to stop.
    async fn rest(&mut self) -> bool {
        let failures = self.failures;
        self.failures = self.failures.saturating_add(1);
        self.rest_for(failures).await
    }

    async fn rest_for(&self, failures: u32) -> bool {
        let Work { settings, surroundings, .. } = &*self.work;
        let time = settings.backoff.delay(failures, surroundings.chance());
        self.unless_stopped(surroundings.pause(Pause::Reconnect, time)).await.is_some()
    }

    async fn unless_stopped<T>(&self, doing: impl Future<Output = T>) -> Option<T> {
        let mut stopped = self.stopped.clone();
        select! {
            biased;
            // An order that can no longer be given has been given.
            _ = stopped.wait_for(|stopped| *stopped) => None,
            done = doing => Some(done),
        }
    }
}
