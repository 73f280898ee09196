//! An app that listens in Stream mode, with a stage whose time and chance the test holds.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use dingtalk_callback::frame::{Message, Outcome};
use dingtalk_callback::stream::{Health, Listener, Pause, Report, Settings, Surroundings};
use dingtalk_sim::{Clock, Connection, Options, Tenant, Transport, World};
use serde_json::{Map, Value};
use tokio::sync::{Semaphore, oneshot, watch};
use tokio::task::JoinHandle;

/// A world in which everything comes by Stream.
pub(crate) fn world() -> World {
    let mut world = crate::world();
    world.events.transport = Transport::Stream;
    world.app.robot_transport = Transport::Stream;
    world
}

pub(crate) async fn tenant() -> Tenant {
    Tenant::start(world(), Options::default()).await.unwrap()
}

/// One connection, and enough handlers.
pub(crate) fn single() -> Settings {
    Settings { connections: 1, ..Settings::default() }
}

/// Pauses end when the test says so; only the one before a new attempt ends at once.
#[derive(Clone)]
pub(crate) struct Stage(Arc<Held>);

struct Held {
    clock: Clock,
    waited: Mutex<Vec<Duration>>,
    ended: watch::Sender<(u32, Option<Pause>)>,
}

impl Surroundings for Stage {
    fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    async fn pause(&self, what: Pause, time: Duration) {
        if what == Pause::Reconnect {
            self.0.waited.lock().unwrap().push(time);
            return tokio::task::yield_now().await;
        }
        let mut ended = self.0.ended.subscribe();
        while ended.changed().await.is_ok() && ended.borrow_and_update().1 != Some(what) {}
    }

    fn chance(&self) -> f64 {
        0.25
    }
}

impl Stage {
    /// Every pause of this kind that is under way is over.
    pub(crate) fn ends(&self, what: Pause) {
        self.0.ended.send_modify(|(turn, which)| (*turn, *which) = (*turn + 1, Some(what)));
    }

    /// How long was waited before each new attempt, in milliseconds.
    pub(crate) fn waited(&self) -> Vec<u128> {
        self.0.waited.lock().unwrap().iter().map(Duration::as_millis).collect()
    }
}

/// What the app did with its messages.
#[derive(Clone)]
pub(crate) struct Heard(Arc<Inner>);

struct Inner {
    begun: Mutex<Vec<Message>>,
    answers: Mutex<BTreeMap<usize, Outcome>>,
    usual: Mutex<Outcome>,
    /// A handler takes one and gives it back.
    gate: Semaphore,
}

impl Heard {
    async fn handle(self, message: Message) -> Outcome {
        let number = {
            let mut begun = self.0.begun.lock().unwrap();
            begun.push(message);
            begun.len() - 1
        };
        drop(self.0.gate.acquire().await.unwrap());
        let special = self.0.answers.lock().unwrap().remove(&number);
        let outcome = special.unwrap_or_else(|| self.0.usual.lock().unwrap().clone());
        // What no card would show stands for a mistake of the handler.
        assert_ne!(outcome, Outcome::Answer(Value::from("panic")));
        outcome
    }

    pub(crate) fn begun(&self) -> Vec<Message> {
        self.0.begun.lock().unwrap().clone()
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        self.begun().iter().filter_map(Message::key).collect()
    }

    /// The answer to the message of this number; the others get the usual one.
    pub(crate) fn answers(&self, number: usize, outcome: Outcome) {
        self.0.answers.lock().unwrap().insert(number, outcome);
    }

    pub(crate) fn usually(&self, outcome: Outcome) {
        *self.0.usual.lock().unwrap() = outcome;
    }

    /// Handlers begin and do not end.
    pub(crate) fn hold(&self) {
        let free = self.0.gate.available_permits();
        assert_eq!(self.0.gate.forget_permits(free), free);
    }

    pub(crate) fn release(&self) {
        self.0.gate.add_permits(1000);
    }
}

/// A listener that runs.
pub(crate) struct Listening {
    pub(crate) heard: Heard,
    pub(crate) stage: Stage,
    health: Health,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<()>,
}

impl Listening {
    /// Runs, and all its connections are open.
    pub(crate) async fn start(tenant: &Tenant, settings: Settings) -> Self {
        let connections = settings.connections;
        let listening = Self::begin(tenant, settings);
        until("all are connected", || listening.report().connected == connections).await;
        listening
    }

    pub(crate) fn begin(tenant: &Tenant, settings: Settings) -> Self {
        let heard = Heard(Arc::new(Inner {
            begun: Mutex::default(),
            answers: Mutex::default(),
            usual: Mutex::new(Outcome::Taken),
            gate: Semaphore::new(1000),
        }));
        let (clock, ended) = (tenant.clock(), watch::Sender::new((0, None)));
        let stage = Stage(Arc::new(Held { clock, waited: Mutex::default(), ended }));
        let handler = {
            let heard = heard.clone();
            move |message| heard.clone().handle(message)
        };
        let listener = Listener::new(crate::own_client(tenant), settings, handler, stage.clone());
        let health = listener.health();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(listener.run(async {
            let _ = stopped.await;
        }));
        Self { heard, stage, health, stop: Some(stop), running }
    }

    pub(crate) fn report(&self) -> Report {
        self.health.report()
    }

    pub(crate) fn order_stop(&mut self) {
        drop(self.stop.take());
    }

    pub(crate) fn is_running(&self) -> bool {
        !self.running.is_finished()
    }

    /// Orders it to stop and waits until it has.
    pub(crate) async fn stop(mut self) {
        self.order_stop();
        tokio::time::timeout(Duration::from_secs(5), self.running).await.unwrap().unwrap();
    }
}

/// Waits until something is so; a test that waits too long fails and says for what.
pub(crate) async fn until(what: &str, is: impl Fn() -> bool) {
    for _ in 0..4000 {
        if is() {
            return;
        }
        moment().await;
    }
    panic!("in vain: {what}");
}

/// A few milliseconds, in which what should not happen has its chance.
pub(crate) async fn moment() {
    let _ = tokio::time::timeout(Duration::from_millis(5), std::future::pending::<()>()).await;
}

pub(crate) fn emit(tenant: &Tenant, number: usize) {
    let fields = Map::from_iter([("number".to_owned(), Value::from(number))]);
    tenant.pushes().emit("made_up", fields);
}

pub(crate) fn only(tenant: &Tenant) -> Connection {
    let mut connections = tenant.stream().connections();
    assert_eq!(connections.len(), 1);
    connections.remove(0)
}
