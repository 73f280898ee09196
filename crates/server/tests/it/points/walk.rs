//! From point to point of a story.

use std::{
    collections::BTreeSet,
    io::Write,
    sync::{Arc, Mutex},
};

use chrono::TimeDelta;
use domain::notice::{Policy, quiet};
use mailbox::outbox;
use server::config::Config;

use super::list::{self, Window};
use crate::{crash::pause, harness::House};

/// Something that happens in a house again and again, each time with another number.
pub(super) trait Story {
    /// The points that it comes by.
    fn points(&self) -> BTreeSet<&'static str>;

    /// Those at which it is stopped: all of them, unless another story is stopped at the rest in the same way.
    fn stops(&self) -> BTreeSet<&'static str> {
        self.points()
    }

    /// What may be so when everything has stopped at a point.
    fn window(&self, point: &str) -> Window {
        list::window(point)
    }

    /// What it needs of the configuration.
    fn configure(&self, _config: &mut Config) {}

    /// So many minutes pass at a time while it comes through.
    fn patience(&self) -> i64 {
        3
    }

    /// For so many twentieths of a second it is waited for, when it does not come as soon as time passes.
    fn waits(&self, _window: Window) -> u32 {
        700
    }

    /// What must be there first.
    async fn before(&mut self, _house: &House, _n: usize) {}

    /// It begins.
    async fn begins(&mut self, house: House, n: usize) -> House;

    /// Somebody does what the next step needs of them, if it is time.
    async fn goes_on(&self, _house: &House, _n: usize) {}

    /// Is everything there that is to come of it?
    async fn is_through(&self, house: &House, n: usize) -> bool;

    /// And nothing else; checks more closely.
    async fn ends(&mut self, house: &House, n: usize, window: Window);
}

/// How the server is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// The step fails.
    Error,
    /// The server is dead, and another starts.
    Death,
}

/// Walks through every point of a story, each time from its beginning.
pub(super) async fn walk(mut house: House, mut story: impl Story) {
    house.settled().await;
    house.office_is_open().await;
    story.before(&house, 0).await;
    let passed = watch(&story.points());
    house = story.begins(house, 0).await;
    come_through(&house, &story, 0, Window::Closed).await;
    // Some jobs begin a while after the server.
    for _ in 0..200 {
        if *passed.lock().unwrap() == story.points() {
            break;
        }
        pause(50).await;
    }
    assert_eq!(*passed.lock().unwrap(), story.points(), "undisturbed");
    story.ends(&house, 0, Window::Closed).await;
    for point in story.points() {
        fail::remove(point);
    }

    let mut n = 0;
    for point in story.stops() {
        for how in [How::Error, How::Death] {
            n += 1;
            house = stop_at(house, &mut story, (point, how), n).await;
        }
    }
    house.audited().await;
    assert_eq!(ledger::check(&house.app.db).await.unwrap(), []);
}

/// Writes down which points are passed, these and any other.
fn watch(points: &BTreeSet<&'static str>) -> Arc<Mutex<BTreeSet<&'static str>>> {
    let passed = Arc::new(Mutex::new(BTreeSet::new()));
    for point in points.iter().copied() {
        let passed = Arc::clone(&passed);
        fail::cfg_callback(point, move || {
            passed.lock().unwrap().insert(point);
        })
        .unwrap();
    }
    passed
}

async fn stop_at(
    mut house: House,
    story: &mut impl Story,
    (point, how): (&'static str, How),
    n: usize,
) -> House {
    house.office_is_open().await;
    story.before(&house, n).await;
    let unclear = unclear(&house).await;
    fail::cfg(point, if how == How::Error { "return(error)" } else { "return(hang)" }).unwrap();
    house = story.begins(house, n).await;
    let what = format!("{point} {how:?}");
    let here = Here(what.clone());
    let acting = &*story;
    house
        .until(&what, async || {
            acting.goes_on(&house, n).await;
            // Whoever was there has left this.
            fail::list().contains(&(point.to_owned(), "off".to_owned()))
        })
        .await;
    fail::remove(point);
    if how == How::Death {
        house = house.dies_and_starts().await;
    }
    let window = story.window(point);
    come_through(&house, story, n, window).await;
    story.ends(&house, n, window).await;

    let lost = "SELECT COUNT(*) FROM inbox WHERE state = 3";
    assert_eq!(house.count(lost).await, 0, "{what}: no item is given up");
    let lost = "SELECT COUNT(*) FROM outbox WHERE state = 3 AND last_error <> 'outcome unknown'";
    assert_eq!(house.count(lost).await, 0, "{what}: no letter is given up");
    let tries = "SELECT COUNT(*) FROM outbox WHERE state IN (0, 1) AND last_error IS NOT NULL";
    assert_eq!(house.count(tries).await, 0, "{what}: no letter waits for another try");
    if window != Window::Unknown {
        assert_eq!(self::unclear(&house).await, unclear, "{what}: nothing is unclear");
    }
    drop(here);
    house
}

/// Time passes, for tries, leases and what people do, until everything is there; and a while more.
pub(super) async fn come_through(house: &House, story: &impl Story, n: usize, window: Window) {
    for _ in 0..8 {
        house.later(story.patience());
        story.goes_on(house, n).await;
        house.settled().await;
        if story.is_through(house, n).await {
            break;
        }
    }
    // A job whose round has failed or found nothing rests for a while of the machine's, whatever the tenant's clock says.
    for time in 1..story.waits(window) {
        if story.is_through(house, n).await {
            break;
        }
        if time % 40 == 0 {
            house.later(story.patience());
        }
        pause(50).await;
    }
    house.later(3);
    house.settled().await;
}

/// Says where the walk was when it fails.
struct Here(String);

impl Drop for Here {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = writeln!(std::io::stderr(), "at {}", self.0);
        }
    }
}

/// Letters of which nobody knows whether they went.
async fn unclear(house: &House) -> i64 {
    house.count("SELECT COUNT(*) FROM outbox WHERE state = 3 AND last_error = 'outcome unknown'").await
}

impl House {
    /// How many letters went again because whoever had them stopped in the middle.
    pub(super) async fn went_again(&self) -> i64 {
        self.count(
            "SELECT COUNT(*) FROM outbox WHERE state = 2 AND last_error IN ('lease ran out', 'failed')",
        )
        .await
    }

    /// Another time, if it is soon going to be quiet: what is not urgent waits then. The letters of that time go first, at their pace.
    async fn office_is_open(&self) {
        let now = self.app.clock.now();
        let soon = now + TimeDelta::minutes(60);
        let quiet = |at| quiet::is_quiet(Policy::Retiree, at);
        if quiet(now) || quiet(soon) {
            self.tenant.clock().set(quiet::next_allowed(Policy::Retiree, soon) + TimeDelta::minutes(10));
            pause(500).await;
            for _ in 0..60 {
                let due = outbox::depth(&self.app.db).await.unwrap();
                if due.leased == 0 && due.oldest.is_none_or(|at| at > self.app.clock.now()) {
                    break;
                }
                self.later(1);
                pause(100).await;
            }
        }
    }
}

/// The walk of a story on each database, each in a process of its own.
macro_rules! walks {
    ($story:expr, $sqlite:ident, $postgresql:ident) => {
        #[actix_web::test]
        async fn $sqlite() {
            if crate::points::own::alone(concat!(module_path!(), "::", stringify!($sqlite))) {
                let story = $story;
                let house = crate::harness::House::configured(|config| story.configure(config)).await;
                crate::points::walk::walk(house, story).await;
            }
        }

        #[actix_web::test]
        async fn $postgresql() {
            if crate::points::own::alone(concat!(module_path!(), "::", stringify!($postgresql))) {
                let story = $story;
                let configure = |config: &mut _| story.configure(config);
                if let Some(house) = crate::harness::House::configured_on_postgresql(configure).await {
                    crate::points::walk::walk(house, story).await;
                }
            }
        }
    };
}
pub(super) use walks;
