//! The server is killed at fifty seeded moments, while people come and go and an aid case takes its way. Afterwards
//! nothing is lost and nothing has happened twice.
//!
//! The process has the machine's clock, so the notice's working days do not pass while it is killed; the rest of the way,
//! from the notice to the money, is gone by one more server on the same database, whose clock is later.

mod patient;
mod survivors;

use std::{cell::Cell, sync::Arc, time::Duration};

use chrono::TimeDelta;
use dingtalk_sim::{AppEndpoints, EventFaults};
use domain::{
    aid::{Status, store},
    ids::{AccountId, CaseId},
    seed::{self, Size, cast},
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use schema::testing::{self, TestDb};
use server::{app::App, clock::Clock, config, doors::Doors};

use self::patient::Patient;
use crate::harness::Site;

const SEED: u64 = 330_106;
const KILLS: usize = 50;
/// 300 logins come and 200 of them go again: 500 events.
const COME: usize = 300;
const GO: usize = 200;

/// Everything that the story needs to know about.
struct Scene {
    site: Site,
    app: App,
    over: Cell<bool>,
}

impl Scene {
    async fn open(db: TestDb) -> Self {
        let site = Site::new("crash", db).await;
        let config = config::load(Some(&site.config), &[]).unwrap().config;
        let app = App::build(config, Clock::System).await.unwrap();
        seed::load(&app.db, &app.cx, Size::Tiny, app.clock.now(), &|_, _| {}).await.unwrap();
        let base = site.address("web");
        site.tenant.connect(AppEndpoints {
            callback_url: Some(format!("{base}/callback/dingtalk")),
            robot_url: Some(format!("{base}/callback/robot")),
            base_url: base,
        });
        site.tenant.faults().events(EventFaults { duplicate: 0.1, reorder: 0.05, ..EventFaults::default() });
        Self { site, app, over: Cell::new(false) }
    }

    /// Starts the server and kills it, again and again.
    async fn kill(&self, rng: &mut ChaCha8Rng) {
        for _ in 0..KILLS {
            let running = self.site.serve();
            pause(rng.random_range(50..900)).await;
            drop(running);
        }
        self.over.set(true);
    }

    /// People come, and most of them go again; each is an event that DingTalk pushes until it is taken.
    async fn come_and_go(&self, rng: &mut ChaCha8Rng) {
        let mut here: Vec<String> = Vec::new();
        let (mut come, mut go) = (0, 0);
        while come + go < COME + GO {
            let leaves = go < GO && !here.is_empty() && (come == COME || rng.random_bool(0.4));
            if leaves {
                let who = here.swap_remove(rng.random_range(0..here.len()));
                self.site.tenant.remove_person(&who).unwrap();
                go += 1;
            } else {
                let who = format!("c{come:03}");
                self.site.tenant.add_person(survivors::newcomer(&who)).unwrap();
                here.push(who);
                come += 1;
            }
            pause(rng.random_range(5..60)).await;
        }
    }

    /// From the first question to the notice on the board.
    async fn ask_for_help(&self) -> CaseId {
        let wang = Patient::new(self, "wangxiuying");
        let case = wang.asks_for_help().await;
        let desk = |who| Patient::new(self, who);
        desk("chenjing").presses("accept", case, Status::Accepted).await;
        desk("zhouming").visits(case).await;
        desk("linfang").presses("ask", case, Status::InApproval).await;
        let inbox = || self.site.tenant.approvals().inbox("shenlan");
        until(async || !inbox().is_empty()).await;
        self.site.tenant.approvals().agree(&inbox()[0].id, "shenlan", None).unwrap();
        until(async || {
            self.site.tenant.pushes().deliver_now().await;
            self.status(case).await == Status::Approved
        })
        .await;
        desk("hemiao").presses("publish", case, Status::OnNotice).await;
        case
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
    let story = async {
        let asked = tokio::join!(scene.come_and_go(&mut crowd), scene.ask_for_help()).1;
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

/// Waits until it is so, for as long as a slow machine may take: on PostgreSQL what a dead server had claimed goes on when its lease, of
/// five minutes for letters, has run out.
async fn until(so: impl AsyncFn() -> bool) {
    let wait = async {
        while !so().await {
            pause(50).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(8), wait)
        .await
        .unwrap_or_else(|_| panic!("not in time; seed {SEED}"));
}

#[expect(clippy::disallowed_methods, reason = "the moments of the kills, and asking again, take time")]
async fn pause(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}

#[actix_web::test]
async fn killed_fifty_times_on_sqlite() {
    nothing_is_lost_and_nothing_happens_twice(testing::sqlite().await).await;
}

#[actix_web::test]
async fn killed_fifty_times_on_postgresql() {
    if let Some(db) = testing::postgres().await {
        nothing_is_lost_and_nothing_happens_twice(db).await;
    }
}
