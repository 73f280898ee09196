//! The month's meter, the rate that servers share, the pause, and the question before a call.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    aid::letters::Letter,
    ids::{AccountId, ApprovalTaskId, CaseId},
    letters::{self, Lane},
    quota::{self, Admission, Budget, Level, Limits, Via, admit, figures},
};
use sea_orm::DatabaseConnection;
use tokio::task::JoinSet;

use crate::cast::now;

fn limits(calls: i64, per_minute: i32, per_second: i32) -> Limits {
    let budget = Budget { calls, deliveries: 3_000 };
    Limits::new("corp", budget, ("robot", per_minute), per_second)
}

fn ms(millis: i64) -> DateTime<Utc> {
    now() + TimeDelta::milliseconds(millis)
}

async fn level(db: &DatabaseConnection, limits: &Limits, at: DateTime<Utc>) -> Level {
    figures(db, limits, at).await.unwrap().level
}

/// The most of the sorted times that lie in one window of this length, wherever it begins.
fn densest(times: &[DateTime<Utc>], window: TimeDelta) -> usize {
    let mut first = 0;
    let ends = times.iter().enumerate().map(|(last, at)| {
        while times[first] + window <= *at {
            first += 1;
        }
        last + 1 - first
    });
    ends.max().unwrap_or_default()
}

schema::both! {
    async fn a_queue_drains_at_exactly_the_rate_and_no_window_holds_more(db) {
        let limits = limits(1_000_000, 20, 5);
        let (mut sent, mut at) = (Vec::new(), now());
        while sent.len() < 100 {
            match admit(db, &limits, (Lane::Reminder, Via::Robot), at).await.unwrap() {
                Admission::Go => sent.push(at),
                Admission::Wait(until) => {
                    assert!(until > at);
                    at = until;
                }
                Admission::Held(level) => panic!("{level:?}"),
            }
        }
        // Twenty in the first four seconds of each minute, five in each second.
        assert_eq!(*sent.last().unwrap(), now() + TimeDelta::seconds(4 * 60 + 3));
        assert_eq!(densest(&sent, TimeDelta::minutes(1)), 20);
        assert_eq!(densest(&sent, TimeDelta::seconds(1)), 5);
    }

    async fn what_nobody_hears_takes_no_place_of_the_robot(db) {
        let limits = limits(1_000, 2, 5);
        let go = async |via| admit(db, &limits, (Lane::Result, via), now()).await.unwrap() == Admission::Go;
        assert_eq!([go(Via::App).await, go(Via::Robot).await, go(Via::Robot).await], [true; 3]);
        assert_eq!([go(Via::Robot).await, go(Via::App).await, go(Via::App).await], [false, true, true]);
        assert!(!go(Via::App).await, "the app's own five");
        let next = async |via| quota::next_try(db, &limits, via, now()).await.unwrap() - now();
        assert_eq!(next(Via::Robot).await, TimeDelta::minutes(1));
        assert_eq!(next(Via::App).await, TimeDelta::seconds(1));
    }

    /// More tokens than one statement takes.
    async fn a_rate_may_be_as_high_as_it_is_bought(db) {
        let limits = limits(1_000_000, 12_000, 100);
        assert_eq!(admit(db, &limits, (Lane::Reminder, Via::Robot), now()).await.unwrap(), Admission::Go);
    }

    async fn servers_share_the_rate_and_lose_no_count(db) {
        let limits = limits(1_000_000, 10, 100);
        let clock = std::sync::Arc::new(AtomicI64::new(0));
        let mut servers = JoinSet::new();
        for _ in 0..6 {
            let (db, limits, clock) = (db.clone(), limits.clone(), clock.clone());
            servers.spawn(async move {
                let mut sent = Vec::new();
                // The clock goes on with every look, for four minutes. Who waited for the database is late by some looks, hence the margin.
                while clock.load(Ordering::Relaxed) < 240_000 {
                    let at = ms(clock.fetch_add(250, Ordering::Relaxed));
                    if admit(&db, &limits, (Lane::Reminder, Via::Robot), at).await.unwrap() == Admission::Go {
                        quota::count_call(&db, &limits, at).await.unwrap();
                        sent.push(at);
                    }
                }
                sent
            });
        }
        let mut sent: Vec<DateTime<Utc>> = servers.join_all().await.into_iter().flatten().collect();
        sent.sort();
        assert!(densest(&sent, TimeDelta::seconds(40)) <= 10, "{sent:?}");
        assert!(sent.len() > 30, "nearly all of the rate is used: {}", sent.len());
        let used = figures(db, &limits, ms(0)).await.unwrap().used;
        assert_eq!(usize::try_from(used.calls).unwrap(), sent.len());
    }

    async fn a_rate_that_is_changed_holds_at_once(db) {
        let go = async |limits: &Limits, at| admit(db, limits, (Lane::Result, Via::Robot), at).await.unwrap() == Admission::Go;
        let mut gone = 0;
        while go(&limits(1_000, 3, 100), ms(0)).await {
            gone += 1;
        }
        assert_eq!(gone, 3);
        while go(&limits(1_000, 5, 100), ms(1)).await {
            gone += 1;
        }
        assert_eq!(gone, 5);
        assert!(go(&limits(1_000, 1, 100), ms(60_000)).await);
        assert!(!go(&limits(1_000, 1, 100), ms(60_001)).await);
    }

    async fn at_eighty_and_ninety_five_per_cent_only_what_matters_more_goes(db) {
        let limits = limits(100, 1_000, 1_000);
        let goes = async |lane| admit(db, &limits, (lane, Via::Robot), ms(0)).await.unwrap();
        for (until, held) in [(80, Lane::Digest), (95, Lane::Reminder)] {
            while figures(db, &limits, ms(0)).await.unwrap().used.calls < until {
                assert_eq!(goes(held).await, Admission::Go);
                quota::count_call(db, &limits, ms(0)).await.unwrap();
            }
            assert!(matches!(goes(held).await, Admission::Held(_)), "{held:?} at {until}");
            assert_eq!(goes(Lane::Result).await, Admission::Go);
        }
        assert_eq!(quota::last_lane(db, &limits, ms(0)).await.unwrap(), Lane::Result);
        for _ in 0..20 {
            assert_eq!(goes(Lane::Result).await, Admission::Go, "one's own results are never held");
            quota::count_call(db, &limits, ms(0)).await.unwrap();
        }
        assert_eq!(level(db, &limits, ms(0)).await, Level::UsedUp);
        let next_month = now() + TimeDelta::days(29);
        assert_eq!(level(db, &limits, next_month).await, Level::Plenty);
    }

    async fn the_month_turns_at_midnight_where_the_people_are(db) {
        let limits = limits(100, 1_000, 1_000);
        let eve: DateTime<Utc> = "2026-11-30T15:59:59Z".parse().unwrap();
        quota::count_call(db, &limits, eve).await.unwrap();
        quota::count_delivery(db, &limits, eve + TimeDelta::seconds(1)).await.unwrap();
        let november = figures(db, &limits, eve).await.unwrap();
        let december = figures(db, &limits, eve + TimeDelta::seconds(1)).await.unwrap();
        assert_eq!((november.month.as_str(), november.used.calls, november.used.deliveries), ("2026-11", 1, 0));
        assert_eq!((december.month.as_str(), december.used.calls, december.used.deliveries), ("2026-12", 0, 1));
        // What was not carried out is taken back, and never below nothing.
        for _ in 0..3 {
            quota::not_counted(db, &limits, eve).await.unwrap();
        }
        assert_eq!(figures(db, &limits, eve).await.unwrap().used.calls, 0);
    }

    async fn when_the_platform_says_used_up_what_may_wait_waits_and_one_call_an_hour_is_tried(db) {
        let limits = limits(5_000, 1_000, 1_000);
        let goes = async |lane, at| admit(db, &limits, (lane, Via::Robot), at).await.unwrap() == Admission::Go;
        quota::refused(db, &limits, ms(0)).await.unwrap();
        assert_eq!(level(db, &limits, ms(1)).await, Level::UsedUp);
        assert!(!goes(Lane::Reminder, ms(1)).await);
        assert!(goes(Lane::Result, ms(1)).await);
        let hour = now() + TimeDelta::hours(1);
        assert!(goes(Lane::Reminder, hour).await, "somebody may have bought more");
        quota::refused(db, &limits, hour).await.unwrap();
        assert!(!goes(Lane::Reminder, hour).await);
        quota::works(db, &limits, hour).await.unwrap();
        assert!(goes(Lane::Reminder, hour).await);
        // In a new month nobody asks what was in the old one.
        quota::refused(db, &limits, "2026-11-30T15:30:00Z".parse().unwrap()).await.unwrap();
        assert!(goes(Lane::Greeting, "2026-11-30T16:00:00Z".parse().unwrap()).await);
    }

    async fn a_push_that_has_something_in_it_says_that_pushes_work_again(db) {
        let limits = limits(5_000, 1_000, 1_000);
        quota::deliveries_refused(db, &limits, ms(0)).await.unwrap();
        assert_eq!(level(db, &limits, now() + TimeDelta::days(3)).await, Level::UsedUp);
        quota::count_delivery(db, &limits, now() + TimeDelta::days(3)).await.unwrap();
        assert_eq!(level(db, &limits, now() + TimeDelta::days(3)).await, Level::Plenty);
    }

    async fn a_failure_stops_everybody_for_a_while_that_grows_to_five_minutes(db) {
        let limits = limits(5_000, 1_000, 1_000);
        let mut at = now();
        let mut pauses = Vec::new();
        for _ in 0..9 {
            let until = quota::failed(db, &limits, TimeDelta::zero(), at).await.unwrap();
            assert_eq!(admit(db, &limits, (Lane::Emergency, Via::Robot), at).await.unwrap(), Admission::Wait(until));
            assert_eq!(quota::next_try(db, &limits, Via::Robot, at).await.unwrap(), until);
            pauses.push((until - at).num_seconds());
            at = until;
            assert_eq!(admit(db, &limits, (Lane::Emergency, Via::Robot), at).await.unwrap(), Admission::Go);
        }
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 300, 300, 300]);
        assert!(quota::recovered(db, &limits).await.unwrap());
        quota::works(db, &limits, at).await.unwrap();
        assert!(!quota::recovered(db, &limits).await.unwrap());
        let until = quota::failed(db, &limits, TimeDelta::minutes(5), at).await.unwrap();
        assert_eq!(until, at + TimeDelta::minutes(5), "the platform's own wish");
        // A clock that was set back does not stop us until it has caught up.
        let earlier = now() - TimeDelta::days(2);
        assert_eq!(admit(db, &limits, (Lane::Emergency, Via::Robot), earlier).await.unwrap(), Admission::Go);
    }
}

/// What nobody hears: a kind that is renamed would wait for the robot again.
#[test]
fn a_letter_that_nobody_hears_does_not_leave_by_the_robot() {
    let (case, task, round) = (CaseId::new(now()), ApprovalTaskId::new(now()), 1);
    let account = |name| AccountId::parse(name).unwrap();
    let unheard = [
        Letter::ApprovalCreate { case, round },
        Letter::ApprovalTerminate { case, round },
        Letter::ApprovalPass { case, round, away: account("a"), substitute: account("b") },
        Letter::ApprovalCardOver { case, round, task },
        Letter::ApprovalDecide { case, round, task, pressed: 0 },
    ];
    assert_eq!(unheard.map(|letter| letter.stamp().kind), letters::UNHEARD);
    assert_eq!(letters::via(Letter::ApprovalCard { case, round, task }.stamp().kind), Via::Robot);
}
