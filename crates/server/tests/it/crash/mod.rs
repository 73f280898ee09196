//! The server is killed at seeded moments, while people come and go, an aid case takes its way, and somebody forges pushes.
//! Afterwards nothing is lost and nothing has happened twice: the rows are what the test's own count says.
//!
//! The process has the machine's clock, so the notice's working days do not pass while it is killed; the rest of the way,
//! from the notice to the money, is gone by one more server on the same database, whose clock is later.
//!
//! `tests/reliability/run` runs it at full size.

mod forger;
mod patient;
mod survivors;

pub(crate) use survivors::may_go_now;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    sync::Arc,
    time::Duration,
};

use chrono::TimeDelta;
use dingtalk_sim::EventFaults;
use domain::{
    aid::{Status, store},
    ids::{AccountId, CaseId},
    seed::cast,
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use schema::testing::{self, TestDb};
use server::{app::App, clock::Clock, doors::Doors};

use self::{forger::Forger, patient::Patient};
use crate::harness::{Site, newcomer};

const SEED: u64 = 330_106;

/// How much of it.
#[derive(Clone, Copy)]
struct Scale {
    kills: usize,
    /// Logins that come, and how many of them go again: each is an event.
    come: usize,
    go: usize,
    /// Pushes that are not what they should be.
    forged: usize,
}

impl Scale {
    const ORDINARY: Self = Self { kills: 15, come: 120, go: 80, forged: 10 };
    /// 2,000 events and 200 kills.
    const FULL: Self = Self { kills: 200, come: 1200, go: 800, forged: 40 };

    fn wanted() -> Self {
        if std::env::var_os("YINLING_FULL").is_some() { Self::FULL } else { Self::ORDINARY }
    }
}

/// Who should be where: what the test has done, counted by itself.
#[derive(Default)]
struct Model {
    here: BTreeSet<String>,
    gone: BTreeSet<String>,
}

/// Everything that the story needs to know about.
struct Scene {
    site: Site,
    app: App,
    scale: Scale,
    model: RefCell<Model>,
    over: Cell<bool>,
}

impl Scene {
    async fn open(db: TestDb) -> Self {
        let site = Site::new("crash", db).await;
        let app = site.moved_in().await;
        site.tenant.faults().events(EventFaults { duplicate: 0.1, reorder: 0.05, ..EventFaults::default() });
        Self { site, app, scale: Scale::wanted(), model: RefCell::default(), over: Cell::new(false) }
    }

    /// Starts the server and kills it, again and again.
    async fn kill(&self, rng: &mut ChaCha8Rng) {
        // Some server has been there before: the one that stays asks at once what was missed, and not only when the list is long complete.
        let first = self.site.serve();
        until(async || {
            survivors::rows(self, "SELECT 'asked', COUNT(*) FROM missed_poll").await
                == [("asked".to_owned(), 1)]
        })
        .await;
        drop(first);
        for _ in 0..self.scale.kills {
            let running = self.site.serve();
            pause(rng.random_range(50..900)).await;
            drop(running);
        }
        self.over.set(true);
    }

    /// People come, and most of them go again; each is an event that DingTalk pushes until it is taken.
    async fn come_and_go(&self, rng: &mut ChaCha8Rng) {
        let Scale { come, go, .. } = self.scale;
        let (mut here, mut gone, mut came): (Vec<String>, _, _) = (Vec::new(), 0, 0);
        while came + gone < come + go {
            let leaves = gone < go && !here.is_empty() && (came == come || rng.random_bool(0.4));
            if leaves {
                let who = here.swap_remove(rng.random_range(0..here.len()));
                self.site.tenant.remove_person(&who).unwrap();
                self.model.borrow_mut().here.remove(&who);
                self.model.borrow_mut().gone.insert(who);
                gone += 1;
            } else {
                let who = format!("c{came:04}");
                self.site.tenant.add_person(newcomer(&who)).unwrap();
                self.model.borrow_mut().here.insert(who.clone());
                if came % 4 == 0 {
                    self.speaks(&who);
                }
                here.push(who);
                came += 1;
            }
            pause(rng.random_range(5..60)).await;
        }
    }

    /// Asks the bot for its menu. What nobody took is not posted again.
    fn speaks(&self, who: &str) {
        let person = self.site.tenant.person(who);
        actix_web::rt::spawn(async move { person.says("帮助").await });
    }

    /// While servers die none may have lived long enough to take a message; one that stays takes it.
    async fn somebody_is_heard(&self) {
        until(async || {
            self.site.tenant.person("wangxiuying").says("帮助").await.ok();
            survivors::taken(self).await > 0
        })
        .await;
    }

    /// From the first question to the notice on the board.
    async fn ask_for_help(&self) -> CaseId {
        let wang = Patient::new(self, "wangxiuying");
        let case = wang.asks_for_help().await;
        let desk = |who| Patient::new(self, who);
        desk("chenjing").presses("accept", case, Status::Accepted).await;
        desk("zhouming").visits(case).await;
        let note = [("why", "工会帮的是去年住院"), ("evidence", "工会的发放通知")];
        desk("chenjing").gets_through(&format!("/console/aid/{case}/elsewhere"), &note).await;
        desk("linfang").presses("ask", case, Status::InApproval).await;
        let inbox = || self.site.tenant.approvals().inbox("shenlan");
        until(async || !inbox().is_empty()).await;
        self.site.tenant.approvals().agree(&inbox()[0].id, "shenlan", None).unwrap();
        until(async || {
            self.hurries().await;
            self.status(case).await == Status::Approved
        })
        .await;
        desk("hemiao").presses("publish", case, Status::OnNotice).await;
        case
    }

    /// When the killing is over, the platform need not wait for its next try. While servers die it does: its tries would be used up.
    async fn hurries(&self) {
        if self.over.get() {
            self.site.tenant.pushes().deliver_now().await;
        }
    }

    async fn status(&self, case: CaseId) -> Status {
        store::case::find(&self.app.db, case).await.unwrap().unwrap().status
    }

    /// The case that 王秀英 has, if it has been written.
    async fn case(&self) -> Option<CaseId> {
        let wang = AccountId::parse("wangxiuying").unwrap();
        let cases = store::case::followed(&self.app.db, &wang, Some(cast().wang)).await.unwrap();
        cases.first().map(|case| case.id)
    }
}

async fn nothing_is_lost_and_nothing_happens_twice(db: TestDb) {
    let scene = Scene::open(db).await;
    let mut moments = ChaCha8Rng::seed_from_u64(SEED);
    let mut crowd = ChaCha8Rng::seed_from_u64(SEED + 1);
    let mut forger = Forger::new(&scene, ChaCha8Rng::seed_from_u64(SEED + 2));
    let story = async {
        let (asked, ..) = tokio::join!(
            scene.ask_for_help(),
            scene.come_and_go(&mut crowd),
            forger.forges(scene.scale.forged)
        );
        // The story waits for the last of the kills, not they for it.
        until(async || scene.over.get()).await;
        asked
    };
    // One that stays, for whatever the kills have left undone.
    let kills = async {
        scene.kill(&mut moments).await;
        scene.site.serve()
    };
    let (running, case) = tokio::join!(kills, story);
    scene.somebody_is_heard().await;
    forger.forges(forger::KINDS).await;
    assert!(forger.was_refused() >= forger::KINDS - 1, "with a server that stays, each kind is refused");
    survivors::everybody_is_where_he_is(&scene).await;
    assert_eq!(running.told_to_stop("TERM").await.0, Some(0));
    survivors::the_case_went_its_way_once(&scene, case).await;

    // Ten days later, on another server.
    let config = (*scene.app.config).clone();
    let later = Clock::Followed(Arc::new(|| Clock::System.now() + TimeDelta::days(10)));
    let doors = Doors::open(&config).unwrap();
    let app = App::build(config, later).await.unwrap();
    let server = app.start(doors).await.unwrap();
    until(async || scene.status(case).await == Status::ReadyToPay).await;
    survivors::the_money_comes(&scene, case).await;
    server.stop().await;
    survivors::the_books_are_right(&scene).await;
}

/// Waits until it is so, for as long as the kills, a slow machine and, on PostgreSQL, the leases of the dead may take.
pub(crate) async fn until(so: impl AsyncFn() -> bool) {
    let wait = async {
        while !so().await {
            pause(50).await;
        }
    };
    let most = Duration::from_mins(if Scale::wanted().kills > 100 { 20 } else { 4 });
    tokio::time::timeout(most, wait).await.unwrap_or_else(|_| panic!("not in time; seed {SEED}"));
}

#[expect(clippy::disallowed_methods, reason = "the moments of the kills, and asking again, take time")]
pub(crate) async fn pause(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}

#[actix_web::test]
async fn killed_again_and_again_on_sqlite() {
    nothing_is_lost_and_nothing_happens_twice(testing::sqlite().await).await;
}

#[actix_web::test]
async fn killed_again_and_again_on_postgresql() {
    if let Some(db) = testing::postgres().await {
        nothing_is_lost_and_nothing_happens_twice(db).await;
    }
}
