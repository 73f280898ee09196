//! The server is told to stop while people use it and letters wait.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::{Duration, Instant},
};

use dingtalk_sim::{Fault, Line, Speaker};
use schema::testing::{self, TestDb};

use crate::{
    crash::{pause, until},
    harness::{Site, client, newcomer, title},
};

/// So many requests come in a second.
const RATE: u64 = 200;
/// Answers that wait, and how long the platform takes over each: longer than there is time.
const LETTERS: usize = 12;
const SLOW: Fault = Fault::Slow { ms: 1200 };

/// In the first message, which goes by day only.
const WELCOME: &str = "我是银龄小助手";

/// Sends requests for as long as the server says that it is ready, as whoever balances load does.
struct Load {
    client: reqwest::Client,
    base: String,
    private: String,
    ready: Cell<bool>,
    under_way: Cell<usize>,
    good: Cell<usize>,
    bad: RefCell<Vec<String>>,
}

impl Load {
    fn new(site: &Site) -> Rc<Self> {
        Rc::new(Self {
            client: client(),
            base: site.address("web"),
            private: site.address("private"),
            ready: Cell::new(true),
            under_way: Cell::default(),
            good: Cell::default(),
            bad: RefCell::default(),
        })
    }

    async fn is_ready(&self) -> bool {
        let asked = self.client.get(format!("{}/readyz", self.private)).send().await;
        asked.is_ok_and(|answer| answer.status().is_success())
    }

    async fn balances(self: Rc<Self>) {
        let begun = Instant::now();
        let mut sent = 0;
        let looking = Rc::clone(&self);
        let look = actix_web::rt::spawn(async move {
            while looking.is_ready().await {
                pause(50).await;
            }
            looking.ready.set(false);
        });
        while self.ready.get() {
            // However late we are, the rate is kept.
            let due = u64::try_from(begun.elapsed().as_millis()).unwrap() * RATE / 1000;
            for _ in sent..due {
                actix_web::rt::spawn(Rc::clone(&self).sends());
            }
            sent = due;
            pause(5).await;
        }
        look.await.unwrap();
        until(async || self.under_way.get() == 0).await;
    }

    async fn sends(self: Rc<Self>) {
        self.under_way.set(self.under_way.get() + 1);
        match self.client.get(format!("{}/enter?to=/home", self.base)).send().await {
            Ok(answer) if answer.status().is_success() => self.good.set(self.good.get() + 1),
            Ok(answer) => self.bad.borrow_mut().push(answer.status().to_string()),
            Err(error) => self.bad.borrow_mut().push(format!("{error:?}")),
        }
        self.under_way.set(self.under_way.get() - 1);
    }
}

async fn stops_softly(db: TestDb) {
    let site = Site::new("stopping", db).await;
    let app = site.moved_in().await;
    let load = Load::new(&site);
    let serving = site.serve();
    until(async || site.says_ready().await).await;

    site.tenant.faults().next(1000, "/robot/sendBySession", SLOW);
    for n in 0..LETTERS {
        let who = format!("s{n:02}");
        site.tenant.add_person(newcomer(&who)).unwrap();
        let person = site.tenant.person(&who);
        actix_web::rt::spawn(async move { person.says("帮助").await.unwrap() });
    }
    let answered = || {
        let told = (0..LETTERS).map(|n| {
            let lines = site.tenant.person(&format!("s{n:02}")).messages();
            let answer = |line: &&Line| line.by == Speaker::Robot && !title(&line.message).contains(WELCOME);
            lines.iter().filter(answer).count()
        });
        told.collect::<Vec<_>>()
    };
    // The first is under way.
    until(async || answered().iter().sum::<usize>() > 0).await;

    let balancing = actix_web::rt::spawn(Rc::clone(&load).balances());
    pause(1000).await;
    let told = Instant::now();
    let (status, log) = serving.told_to_stop("TERM").await;
    assert!(told.elapsed() < Duration::from_secs(10), "it took {:?}", told.elapsed());
    assert_eq!(status, Some(0), "{log}");
    balancing.await.unwrap();
    assert_eq!(*load.bad.borrow(), Vec::<String>::new(), "nobody notices");
    assert!(load.good.get() > 100, "{}", load.good.get());
    let before: usize = answered().iter().sum();
    assert!(before < LETTERS, "it was in the middle of it");
    let leased = mailbox::outbox::depth(&app.db).await.unwrap().leased;
    assert_eq!(leased, 0, "what it had in hand and had not begun is given back");

    // The next one goes on at once, where this one has stopped.
    site.tenant.faults().clear();
    let serving = site.serve();
    until(async || answered().iter().all(|told| *told > 0)).await;
    assert_eq!(serving.told_to_stop("TERM").await.0, Some(0));
    assert_eq!(answered(), [1; LETTERS], "each once");
}

#[actix_web::test]
async fn whoever_is_told_to_stop_under_load_fails_nobody_on_sqlite() {
    stops_softly(testing::sqlite().await).await;
}

#[actix_web::test]
async fn whoever_is_told_to_stop_under_load_fails_nobody_on_postgresql() {
    if let Some(db) = testing::postgres().await {
        stops_softly(db).await;
    }
}
