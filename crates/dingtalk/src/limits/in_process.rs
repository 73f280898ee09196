//! The limiter of a single process: counts in memory, by a clock that nobody can turn.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, FixedOffset, Utc};
use futures_util::future::{BoxFuture, ready};

use super::{
    api::Cost,
    limiter::{Call, Heard, Limiter, Verdict},
    plan::{ADDRESS_BAN, ADDRESS_CALLS, ADDRESS_WINDOW, Plan, event_is_counted},
    windows::{Window, Windows},
};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);

/// Counts of a calendar month in Asia/Shanghai.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// `2026-09`.
    pub month: String,
    /// Counted calls.
    pub calls: u64,
    /// The same, by name of the API.
    pub calls_by_api: BTreeMap<String, u64>,
    /// Counted deliveries.
    pub deliveries: u64,
}

/// Holds the app to its plan. Two processes that have one each hold it to twice its plan.
#[derive(Debug)]
pub struct InProcess {
    plan: Plan,
    ceiling: Option<u64>,
    began: Instant,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    address: Window,
    seconds: Windows,
    minutes: Windows,
    banned_until: Duration,
    used_up: Option<String>,
    month: Month,
}

impl InProcess {
    /// Paces calls by the plan. The month is counted, but only the platform says when it is used up.
    pub fn new(plan: Plan) -> Self {
        Self { plan, ceiling: None, began: Instant::now(), counts: Mutex::default() }
    }

    /// Stops counted calls by itself once the plan's calls of the month are made.
    #[must_use]
    pub fn stopping(self) -> Self {
        Self { ceiling: Some(self.plan.calls_per_month), ..self }
    }

    /// What this process counted in the month of `at`.
    pub fn month(&self, at: DateTime<Utc>) -> Month {
        let mut counts = self.counts();
        counts.turn(at);
        counts.month.clone()
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn verdict(&self, call: &Call, at: Duration) -> Verdict {
        let mut counts = self.counts();
        counts.turn(call.at);
        let counted = call.api.cost == Cost::Counted;
        let full = self.ceiling.is_some_and(|ceiling| counts.month.calls >= ceiling);
        if counted && (full || counts.used_up.as_ref() == Some(&counts.month.month)) {
            return Verdict::UsedUp;
        }
        let subject = call.subject.as_deref().unwrap_or_default();
        let minute = format!("{} {subject}", call.api.name);
        let mut wait = counts.banned_until.saturating_sub(at);
        wait = wait.max(counts.address.wait(ADDRESS_CALLS as usize, ADDRESS_WINDOW, at));
        let second = counts.seconds.of(&call.api.name, SECOND, at);
        wait = wait.max(second.wait(self.plan.per_second as usize, SECOND, at));
        if let Some(most) = call.api.per_minute {
            wait = wait.max(counts.minutes.of(&minute, MINUTE, at).wait(most as usize, MINUTE, at));
        }
        if wait > Duration::ZERO {
            return Verdict::Wait(wait);
        }
        counts.address.add(at);
        counts.seconds.of(&call.api.name, SECOND, at).add(at);
        if call.api.per_minute.is_some() {
            counts.minutes.of(&minute, MINUTE, at).add(at);
        }
        if counted {
            counts.month.calls += 1;
            *counts.month.calls_by_api.entry(call.api.name.clone()).or_default() += 1;
        }
        Verdict::Go
    }

    fn note(&self, call: &Call, what: Heard, at: Duration) {
        let mut counts = self.counts();
        counts.turn(call.at);
        match what {
            Heard::NotCounted if call.api.cost == Cost::Counted => {
                counts.month.calls = counts.month.calls.saturating_sub(1);
                if let Some(calls) = counts.month.calls_by_api.get_mut(&call.api.name) {
                    *calls = calls.saturating_sub(1);
                }
            }
            Heard::NotCounted => {}
            Heard::Banned => counts.banned_until = at + ADDRESS_BAN,
            Heard::UsedUp => counts.used_up = Some(counts.month.month.clone()),
        }
    }
}

impl Counts {
    fn turn(&mut self, at: DateTime<Utc>) {
        let month = month_of(at);
        if self.month.month != month {
            self.month = Month { month, ..Month::default() };
        }
    }
}

impl Limiter for InProcess {
    fn ask<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Verdict> {
        Box::pin(ready(self.verdict(call, self.began.elapsed())))
    }

    fn heard<'a>(&'a self, call: &'a Call, what: Heard) -> BoxFuture<'a, ()> {
        self.note(call, what, self.began.elapsed());
        Box::pin(ready(()))
    }

    fn delivered<'a>(&'a self, kind: &'a str, at: DateTime<Utc>) -> BoxFuture<'a, ()> {
        if event_is_counted(kind) {
            let mut counts = self.counts();
            counts.turn(at);
            counts.month.deliveries += 1;
        }
        Box::pin(ready(()))
    }
}

fn month_of(at: DateTime<Utc>) -> String {
    // `east_opt` refuses only offsets of a day and more.
    let local =
        FixedOffset::east_opt(8 * 3600).map_or_else(|| at.fixed_offset(), |zone| at.with_timezone(&zone));
    local.format("%Y-%m").to_string()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Heard, InProcess, Limiter, Plan, Verdict};
    use crate::limits::{Call, Metered};

    const SEND: (&str, &str) = ("POST", "/v1.0/robot/oToMessages/batchSend");

    fn call(at: &str, (method, path): (&str, &str), subject: Option<&str>) -> Call {
        let api = Metered::of(method, path);
        Call { api, subject: subject.map(str::to_owned), at: at.parse().unwrap() }
    }

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn twenty_calls_of_one_api_go_in_a_second_and_another_api_has_its_own() {
        let limiter = InProcess::new(Plan::STANDARD);
        let now = "2026-09-02T02:00:00Z";
        let reading = call(now, ("POST", "/topapi/v2/user/get"), None);
        for _ in 0..20 {
            assert_eq!(limiter.verdict(&reading, seconds(5)), Verdict::Go);
        }
        assert_eq!(limiter.verdict(&reading, seconds(5)), Verdict::Wait(seconds(1)));
        assert_eq!(limiter.verdict(&call(now, SEND, None), seconds(5)), Verdict::Go);
        assert_eq!(limiter.verdict(&reading, seconds(6)), Verdict::Go);
    }

    #[test]
    fn a_webhook_takes_twenty_in_a_minute_and_another_webhook_twenty_more() {
        let limiter = InProcess::new(Plan::STANDARD.with_pack());
        let hook = |subject| call("2026-09-02T02:00:00Z", ("POST", "/robot/send"), Some(subject));
        for second in 0..20 {
            assert_eq!(limiter.verdict(&hook("a"), seconds(second)), Verdict::Go);
        }
        assert_eq!(limiter.verdict(&hook("a"), seconds(20)), Verdict::Wait(seconds(40)));
        assert_eq!(limiter.verdict(&hook("b"), seconds(20)), Verdict::Go);
    }

    #[test]
    fn ten_thousand_calls_of_the_address_in_twenty_seconds_are_the_most() {
        let plan = Plan { per_second: 20_000, ..Plan::STANDARD };
        let limiter = InProcess::new(plan);
        let reading = call("2026-09-02T02:00:00Z", ("POST", "/topapi/v2/user/get"), None);
        for _ in 0..10_000 {
            assert_eq!(limiter.verdict(&reading, seconds(0)), Verdict::Go);
        }
        assert_eq!(limiter.verdict(&reading, seconds(7)), Verdict::Wait(seconds(13)));
        assert_eq!(limiter.verdict(&reading, seconds(20)), Verdict::Go);
    }

    #[test]
    fn a_ban_stops_everything_for_five_minutes() {
        let limiter = InProcess::new(Plan::STANDARD);
        let send = call("2026-09-02T02:00:00Z", SEND, None);
        limiter.note(&send, Heard::Banned, seconds(10));
        let reading = call("2026-09-02T02:00:00Z", ("POST", "/topapi/v2/user/get"), None);
        assert_eq!(limiter.verdict(&reading, seconds(10)), Verdict::Wait(seconds(300)));
        assert_eq!(limiter.verdict(&reading, seconds(310)), Verdict::Go);
    }

    #[test]
    fn the_month_counts_what_counts_and_begins_anew_in_shanghai() {
        let limiter = InProcess::new(Plan { calls_per_month: 2, ..Plan::STANDARD }).stopping();
        let august = "2026-08-31T15:59:59Z";
        let send = call(august, SEND, None);
        assert_eq!(limiter.verdict(&call(august, ("GET", "/gettoken"), None), seconds(0)), Verdict::Go);
        assert_eq!(limiter.verdict(&send, seconds(0)), Verdict::Go);
        limiter.note(&send, Heard::NotCounted, seconds(0));
        assert_eq!(limiter.month(send.at).calls, 0);
        assert_eq!(limiter.verdict(&send, seconds(0)), Verdict::Go);
        assert_eq!(limiter.verdict(&send, seconds(0)), Verdict::Go);
        assert_eq!(limiter.verdict(&send, seconds(0)), Verdict::UsedUp);
        assert_eq!(limiter.verdict(&call(august, ("GET", "/gettoken"), None), seconds(0)), Verdict::Go);
        let september = call("2026-08-31T16:00:00Z", SEND, None);
        assert_eq!(limiter.verdict(&september, seconds(2)), Verdict::Go);
        let month = limiter.month(september.at);
        assert_eq!((month.month.as_str(), month.calls), ("2026-09", 1));
        assert_eq!(month.calls_by_api["POST /v1.0/robot/oToMessages/batchSend"], 1);
    }

    #[tokio::test]
    async fn when_the_platform_says_used_up_nothing_counted_goes_until_the_month_turns() {
        let limiter = InProcess::new(Plan::STANDARD);
        let send = call("2026-09-02T02:00:00Z", SEND, None);
        limiter.heard(&send, Heard::UsedUp).await;
        assert_eq!(limiter.ask(&send).await, Verdict::UsedUp);
        assert_eq!(limiter.ask(&call("2026-10-02T02:00:00Z", SEND, None)).await, Verdict::Go);
        limiter.delivered("bpms_task_change", send.at).await;
        limiter.delivered("user_add_org", send.at).await;
        assert_eq!(limiter.month(send.at).deliveries, 1);
    }
}
