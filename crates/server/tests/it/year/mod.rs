//! A year of a province: hundreds of workers act at random, right and wrong; the server is killed again and again; of the platform's events
//! many are lost or come twice; a bank pays and sends back. At its end the books balance, nobody was paid twice, nobody did two steps that
//! exclude each other, and of every case it can be said why it stands where it stands.
//!
//! The server is another process: this test's own binary, on the clock of the tenant. Nothing but pages, events and files of the bank goes
//! between them. `tests/reliability/year` runs it in full size, and prints the trial balance.

mod acts;
mod bank;
mod books;
mod clock;
mod day;
mod decisions;
mod office;
mod paying;
mod people;
mod process;
mod report;
mod scale;

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

use dingtalk_sim::EventFaults;
use domain::{
    budget::year_end::{carry_at_the_machine, freeze_at_the_machine},
    calendar::Calendar,
    ids::{PersonId, RegionCode},
    seed,
};
use indicatif::{ProgressBar, ProgressStyle};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use schema::testing::{self, TestDb};
use server::app::App;

use self::{bank::Bank, clock::Shared, office::Office, people::Applicant, scale::Scale};
use crate::{
    crash::pause,
    harness::{Running, Site},
};

const SEED: u64 = 15_000_000;

/// Everything that the year needs to know about.
struct Year {
    site: Site,
    app: App,
    clock: Shared,
    scale: Scale,
    office: Office,
    applicants: Vec<Applicant>,
    /// Who has been seen to have a case.
    asked: RefCell<BTreeSet<PersonId>>,
    bank: RefCell<Bank>,
    dice: RefCell<ChaCha8Rng>,
    /// What was tried, and how often the server said no.
    tried: RefCell<BTreeMap<&'static str, [u32; 2]>>,
    killed: Cell<usize>,
}

impl Year {
    async fn open(db: TestDb) -> Self {
        let scale = Scale::wanted();
        let site = Site::with("year", db, |world| {
            world.clock.start = Some(scale.begins());
            office::staffed(world, scale);
        })
        .await;
        process::configure(&site);
        let clock = Shared::of(&site);
        let app = process::app(&site.config, clock.clock()).await;
        seed::load(&app.db, &app.cx, scale.size, app.clock.now(), &|_, _| {}).await.unwrap();
        let office = Office::open(&app, scale).await;
        let mut dice = ChaCha8Rng::seed_from_u64(SEED);
        let applicants = people::draw(&site, &app, (scale, &office), &mut dice).await;
        process::connect(&site);
        site.tenant.faults().events(EventFaults {
            lose: 0.15,
            duplicate: 0.15,
            reorder: 0.05,
            ..EventFaults::default()
        });
        let (asked, bank, dice) = (RefCell::default(), RefCell::default(), RefCell::new(dice));
        let (tried, killed) = (RefCell::default(), Cell::new(0));
        Self { site, app, clock, scale, office, applicants, asked, bank, dice, tried, killed }
    }

    /// Dice of one's own, so that nobody waits for another's throw.
    fn dice(&self) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(self.dice.borrow_mut().random())
    }

    /// Counts what somebody tried, and whether the server let him.
    fn counts(&self, what: &'static str, let_in: bool) {
        self.tried.borrow_mut().entry(what).or_default()[usize::from(!let_in)] += 1;
    }

    /// Day by day, and at the end of the year the old one is frozen; then as many more as it takes until nothing more will come by itself.
    async fn goes_by(&self, test: &str) {
        let calendar = Calendar::built_in();
        let days = self.scale.days(&calendar);
        let bar = progress(days.len());
        let mut server = Some(process::serve(&self.site, &self.clock, test));
        for (number, day) in days.iter().enumerate() {
            self.clock.morning(&self.site, *day);
            let before = number.checked_sub(1).map(|before| days[before]);
            if self.scale.freezes_before(*day, before) {
                drop(server.take());
                self.freezes().await;
            }
            let running = server.take().unwrap_or_else(|| process::serve(&self.site, &self.clock, test));
            let deaths = self.dies_at(running, self.scale.deaths_on(number, days.len()), test);
            let (running, ()) = tokio::join!(deaths, self.works(number));
            self.settles().await;
            server = Some(running);
            bar.set_message(self.says().await);
            bar.inc(1);
        }
        self.hears_everything_from_the_bank().await;
        self.no_notice_hangs_too_long().await;
        self.explains().await;
        drop(server);
        bar.finish();
    }

    /// The server is killed so many times in the course of a day, and another takes its place.
    async fn dies_at(&self, mut running: Running, times: usize, test: &str) -> Running {
        for _ in 0..times {
            pause(self.dice().random_range(100..1_500)).await;
            let died = running.id();
            drop(running);
            self.site.forget(&self.app, died).await;
            self.killed.set(self.killed.get() + 1);
            running = process::serve(&self.site, &self.clock, test);
        }
        running
    }

    /// Whoever keeps the machine ends the year of the whole province.
    async fn freezes(&self) {
        let province: RegionCode = "33".parse().unwrap();
        let (of, now) = ((&province, self.scale.year()), self.app.clock.now());
        freeze_at_the_machine(&self.app.db, &self.app.cx, of, now).await.unwrap();
        carry_at_the_machine(&self.app.db, &self.app.cx, of, now).await.unwrap();
    }
}

fn progress(days: usize) -> ProgressBar {
    if !scale::is_full() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} days · {elapsed} · {msg}").unwrap();
    ProgressBar::new(days.try_into().unwrap()).with_style(style)
}

async fn a_year_goes_by(db: TestDb, test: &str) {
    let year = Year::open(db).await;
    year.goes_by(test).await;
    year.books_are_right().await;
}

#[actix_web::test]
async fn a_year_of_a_province_ends_with_balanced_books_on_sqlite() {
    if process::is_the_server().await {
        return;
    }
    a_year_goes_by(testing::sqlite().await, "year::a_year_of_a_province_ends_with_balanced_books_on_sqlite")
        .await;
}

#[actix_web::test]
async fn a_year_of_a_province_ends_with_balanced_books_on_postgresql() {
    if process::is_the_server().await {
        return;
    }
    if let Some(db) = testing::postgres().await {
        a_year_goes_by(db, "year::a_year_of_a_province_ends_with_balanced_books_on_postgresql").await;
    }
}
