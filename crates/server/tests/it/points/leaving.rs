//! Somebody leaves, and no event tells: the night's walk finds it, and so does whoever looks for leavers by day.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use dingtalk_sim::EventFaults;
use domain::directory::{State, store};
use server::config::Config;

use super::{
    list::{self, Window},
    walk::{Story, walks},
};
use crate::{crash::pause, harness::House};

/// How it is found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Night,
    Day,
}

struct Leaving {
    by: By,
    active: i64,
}

fn who(n: usize) -> String {
    format!("l{n:03}")
}

/// Each time is another night.
fn night(n: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap() + Days::new(u64::try_from(n).unwrap() * 2)
}

impl House {
    async fn active(&self, only: &str) -> i64 {
        self.count(&format!("SELECT COUNT(*) FROM account WHERE active AND {only}")).await
    }

    /// How far the walks of a night are.
    async fn walks_of(&self, n: usize) -> Vec<State> {
        let slot = night(n).to_string();
        let runs = store::runs(&self.app.db, 1000).await.unwrap();
        runs.iter().filter(|run| run.slot.as_deref() == Some(&slot)).map(|run| run.state).collect()
    }
}

impl Story for Leaving {
    fn points(&self) -> BTreeSet<&'static str> {
        if self.by == By::Night { list::walking() } else { list::leaving() }
    }

    fn configure(&self, config: &mut Config) {
        match self.by {
            By::Night => config.directory.nightly_at = Some("02:30:00".parse().unwrap()),
            By::Day => config.directory.watch_seconds = 20,
        }
    }

    /// A walk that somebody has begun is theirs for half an hour.
    fn patience(&self) -> i64 {
        if self.by == By::Night { 40 } else { 3 }
    }

    async fn before(&mut self, house: &House, n: usize) {
        house.tenant.faults().events(EventFaults::default());
        if n == 0 {
            house.only_the_tenant().await;
        }
        house.joins(&who(n));
        house.until("joined", async || house.active(&format!("id = '{}'", who(n))).await == 1).await;
        house.settled().await;
        if self.by == By::Day {
            // How many there are has been seen.
            house.later(11);
            house.directory().leavers(house.app.clock.now()).await.unwrap();
        }
        self.active = house.active("TRUE").await;
    }

    async fn begins(&mut self, house: House, n: usize) -> House {
        house.tenant.faults().events(EventFaults { lose: 1.0, ..EventFaults::default() });
        house.tenant.remove_person(&who(n)).unwrap();
        if self.by == By::Day {
            house.later(1);
            return house;
        }
        // The next walk is due when a server starts.
        let off = house.off().await;
        off.turn_to(&format!("{} 02:31", night(n)));
        off.on().await
    }

    /// A look that came too soon is followed by another one only when time passes.
    async fn goes_on(&self, house: &House, _n: usize) {
        if self.by == By::Day {
            pause(300).await;
            house.later(1);
        }
    }

    async fn is_through(&self, house: &House, n: usize) -> bool {
        // Tonight's: whoever looks by day may have found it before that walk has begun.
        let walked = async || house.walks_of(n).await.contains(&State::Applied);
        house.active(&format!("id = '{}'", who(n))).await == 0 && (self.by == By::Day || walked().await)
    }

    async fn ends(&mut self, house: &House, n: usize, _window: Window) {
        let who = who(n);
        let left = format!("SELECT COUNT(*) FROM account_event WHERE account_id = '{who}' AND kind = 'left'");
        assert_eq!(house.count(&left).await, 1, "{who} left once");
        assert_eq!(house.active("TRUE").await, self.active - 1, "and nobody else");
        if self.by == By::Night {
            assert_eq!(house.walks_of(n).await, [State::Applied], "one walk each night");
        }
    }
}

walks!(
    Leaving { by: By::Night, active: 0 },
    who_left_unseen_is_found_by_night_on_sqlite,
    who_left_unseen_is_found_by_night_on_postgresql
);

walks!(
    Leaving { by: By::Day, active: 0 },
    who_left_unseen_is_found_by_day_on_sqlite,
    who_left_unseen_is_found_by_day_on_postgresql
);
