//! Stream mode: what DingTalk sends on connections that we opened. The same is done with it as with what is posted, and it is
//! acknowledged only after its row is committed. Connecting again is the listener's.

use std::sync::Arc;

use dingtalk::Client;
use dingtalk_callback::{
    frame::{Message, Outcome},
    stream::{Health, Listener, Machine, Settings},
};
use futures_util::FutureExt;
use tokio::{
    sync::{RwLock, oneshot},
    task::JoinHandle,
};

use super::{
    Intake,
    intake::{NotKept, Way},
};

/// A listener that runs.
#[derive(Debug)]
pub struct Listening {
    /// How it is.
    pub health: Health,
    stop: oneshot::Sender<()>,
    /// Read by whoever keeps a message, also when its connection is lost.
    keeping: Arc<RwLock<()>>,
    running: JoinHandle<()>,
}

impl Listening {
    /// Opens connections for the app of the client and keeps them open.
    pub fn start(client: Client, intake: Intake) -> Self {
        let clock = intake.clock.clone();
        let keeping = Arc::new(RwLock::new(()));
        let busy = Arc::clone(&keeping);
        let handler = move |message| take(intake.clone(), Arc::clone(&busy), message);
        let machine = Machine::with_clock(move || clock.now());
        let ua = concat!("yinling-sdk-rust/", env!("CARGO_PKG_VERSION")).to_owned();
        let listener = Listener::new(client, Settings { ua, ..Settings::default() }, handler, machine);
        let health = listener.health();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(listener.run(stopped.map(drop)));
        Self { health, stop, keeping, running }
    }

    /// Answers what is under way, leaves the rest to others, and closes. What came on a connection that was lost is kept as well: it may
    /// come only once, and the rows are there no longer than this.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        if self.running.await.is_err() {
            tracing::error!("the stream listener panicked");
        }
        drop(self.keeping.write().await);
    }
}

async fn take(intake: Intake, busy: Arc<RwLock<()>>, message: Message) -> Outcome {
    let _keeping = busy.read().await;
    let now = intake.clock.now();
    let (kind, outcome) = match message {
        Message::Event(event) => ("event", kept(intake.event(&event, Way::Stream, now).await)),
        Message::Robot(message) => ("robot", kept(intake.message(&message, Way::Stream, now).await)),
        Message::Card(press) => {
            let answer = intake.press(&press, Way::Stream, now).await;
            ("card", serde_json::to_value(answer).map_or(Outcome::Taken, Outcome::Answer))
        }
        Message::Callback(_) => ("unknown", Outcome::Unknown),
    };
    let taken = matches!(outcome, Outcome::Taken | Outcome::Answer(_));
    metrics::counter!("stream_messages", "kind" => kind, "taken" => if taken { "yes" } else { "no" })
        .increment(1);
    outcome
}

fn kept(kept: Result<(), NotKept>) -> Outcome {
    kept.map_or(Outcome::Later, |()| Outcome::Taken)
}
