//! A letter to many: the evening before a meeting its members are reminded, in one call. Two reminders are worse than one too few.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, TimeDelta};
use domain::{
    ids::MeetingId,
    notice::{self, Occasion, Status},
};

use super::{
    list::{self, Window},
    walk::{Story, walks},
};
use crate::{
    harness::House,
    reminders::{EVE, MEMBERS},
};

#[derive(Default)]
struct Reminding {
    meeting: Option<MeetingId>,
}

/// Each time is another week: nobody is reminded often in one.
fn day(n: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 26).unwrap() + Days::new(u64::try_from(7 * n).unwrap())
}

fn called(n: usize) -> String {
    format!("第{n}次学习")
}

fn told(house: &House, member: &str, n: usize) -> usize {
    house.told_of(member, EVE).iter().filter(|message| message.text().contains(&called(n))).count()
}

impl Story for Reminding {
    fn points(&self) -> BTreeSet<&'static str> {
        list::reminding()
    }

    fn window(&self, point: &str) -> Window {
        list::window_of_reminders(point)
    }

    async fn before(&mut self, house: &House, n: usize) {
        house.turn_to(&format!("{} 09:10", day(n)));
        house.settled().await;
        let tomorrow = house.app.clock.now() + TimeDelta::hours(24);
        self.meeting = Some(house.plans(&called(n), tomorrow).await);
        house.settled().await;
    }

    async fn begins(&mut self, house: House, n: usize) -> House {
        house.turn_to(&format!("{} 18:30", day(n)));
        house
    }

    async fn is_through(&self, house: &House, _n: usize) -> bool {
        let occasion = Occasion::MeetingEve(self.meeting.unwrap());
        let rows = notice::store::of_occasion(&house.app.db, occasion).await.unwrap();
        let ended = |member: &&str| {
            let theirs =
                |row: &&notice::Notice| row.account_id.as_ref().is_some_and(|id| id.as_str() == *member);
            let row = rows.iter().find(theirs);
            row.is_some_and(|row| matches!(row.status, Status::Accepted | Status::Unknown))
        };
        MEMBERS.iter().all(ended)
    }

    async fn ends(&mut self, house: &House, n: usize, window: Window) {
        let (db, occasion) = (&house.app.db, Occasion::MeetingEve(self.meeting.unwrap()));
        let rows = notice::store::of_occasion(db, occasion).await.unwrap();
        for member in MEMBERS {
            let row = rows.iter().find(|row| row.account_id.as_ref().is_some_and(|id| id.as_str() == member));
            match (row.unwrap().status, told(house, member, n)) {
                (Status::Accepted, 1) => {}
                (Status::Unknown, 0 | 1) if window == Window::Unknown => {}
                (status, times) => panic!("{member}: {status:?}, told {times} times"),
            }
        }
    }
}

walks!(
    Reminding::default(),
    whoever_is_reminded_is_reminded_once_on_sqlite,
    whoever_is_reminded_is_reminded_once_on_postgresql
);
